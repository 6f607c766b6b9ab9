import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { EXTERNAL_USER_ID_MAX } from '../auth/viewer.ts'
import { type AuthConfig, authConfig, authSettings, missingAuth } from './auth-config.ts'
import { type DatabaseConfig, databaseConfig, databaseSettings } from './database-config.ts'
import { isServiceLink, warnOfUnknown, withoutServiceLinks } from './foreign-variables.ts'
import { type LimitConfig, limitConfig, limitSettings } from './limit-settings.ts'
import { isLoopbackHost, isLoopbackUrl } from '../http/site.ts'
import { type OperatorConfig, operatorConfig, operatorSettings } from './operator-config.ts'
import { PROXY_SETTINGS, type ProxySettings } from '../pipedream/outgoing.ts'
import { sha256 } from '../store/secrets.ts'
import {
  hasRestTokens,
  missingPipedream,
  type PipedreamConfig,
  pipedreamConfig,
  pipedreamSettings,
  warnOfFormerNames,
} from './pipedream-config.ts'
import { originUrl, publicUrl, warnOfUnencrypted } from './url-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Everything that the operator can set, read once and checked. */
export interface Config {
  /** `undefined`: the embedded emulator stands in for Pipedream. */
  pipedream: PipedreamConfig | undefined
  /** Where the embedded emulator listens; 0 takes any free port. */
  emulatorPort: number
  /** The address on which the embedded emulator listens. */
  emulatorHost: string
  /**
   * The address on which we listen; `undefined`: both loopback addresses, or every interface when `publicUrl` is not of
   * this machine.
   */
  host: string | undefined
  /** Where we listen; 0 takes any free port. */
  port: number
  /** Where browsers reach us, with a path or without; `undefined`: `http://localhost:` and the port. */
  publicUrl: string | undefined
  /** Pages that may call us and use a connect token, beside our own. */
  allowedOrigins: string[]
  /** Scope of minted connect tokens; `undefined`: Pipedream's default. */
  connectTokenScope: string | undefined
  /** `undefined`: nobody arrives with a JWT. */
  auth: AuthConfig | undefined
  /** SHA-256 of the key of the host product's servers; `undefined`: there is no service viewer. */
  serviceKeyHash: string | undefined
  /** Whether pages built on the official SDK get tokens by REST, for what nobody confirms. */
  restTokens: boolean
  /** What a request may ask for, and how often. */
  limits: LimitConfig
  operator: OperatorConfig
  /** `HTTPS_PROXY` and its like, as they are set. */
  proxies: ProxySettings
  /** Folder of the embedded database. */
  dataDirectory: string
  database: DatabaseConfig
  /** How long the reconciler rests between two rounds. */
  reconcileIntervalMs: number
  /** The demo user offered first. */
  testUserId: string
  /** Slugs of the apps that have a button of their own. */
  quickApps: string[]
  /** Sentences about variables that are ignored, and the like, for the terminal. */
  warnings: string[]
  /** Sentences about addresses without https, for the terminal and `/health/ready`. */
  unencrypted: string[]
}

/** Thrown by `readConfig`; its message lists every problem and every warning, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  /** Sentences about settings that are wrong or missing; those of `readConfig` begin with the setting's name. */
  readonly problems: readonly string[]
  /** Sentences about variables that are ignored; one may be the misspelt name of a setting that is missing. */
  readonly warnings: readonly string[]

  constructor(problems: readonly string[], warnings: readonly string[] = []) {
    super([...problems, ...warnings].join('\n'))
    this.problems = problems
    this.warnings = warnings
  }
}

const port = (fallback: number) =>
  z
    .string()
    .refine((value) => !isServiceLink(value), {
      error:
        'must be a port number, but is the service link of a container: set it to a number, or unset it',
      abort: true,
    })
    .pipe(
      z.coerce
        .number<string>({ error: 'must be a port number from 0 to 65535' })
        .int('must be a whole number')
        .min(0, 'must be 0 to 65535')
        .max(65_535, 'must be 0 to 65535'),
    )
    .default(fallback)

// An IPv6 address may stand in brackets, as it does in a URL.
const host = z
  .string()
  .transform((value) => value.replace(/^\[(.*)\]$/, '$1'))
  .refine((value) => isIP(value) !== 0 || HOST_NAME.test(value), {
    error:
      'must be an address or a name of this machine, without scheme and port: 0.0.0.0 or localhost',
  })

const HOST_NAME = /^(?!\d+(\.\d+)*$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i

const settings = z.object({
  ...pipedreamSettings,
  HOST: host.optional(),
  PORT: port(3000),
  EMULATOR_HOST: host.default('localhost'),
  EMULATOR_PORT: port(4010),
  PUBLIC_URL: publicUrl.optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(originUrl))
    .default([]),
  ...authSettings,
  SERVICE_KEY: z
    .string()
    .min(32, 'must have at least 32 characters: it opens the whole workspace')
    .optional(),
  ...limitSettings,
  ...operatorSettings,
  ...databaseSettings,
  RECONCILE_INTERVAL: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(1, 'must be 1 to 3600 seconds')
    .max(3600, 'must be 1 to 3600 seconds')
    .default(15),
  TEST_USER_ID: z.string().max(EXTERNAL_USER_ID_MAX).default('demo-user'),
  QUICK_APPS: z
    .string()
    .default('google_sheets,slack,github,notion')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z
        .array(z.string().regex(/^[\w-]{1,100}$/, 'must be slugs of apps, separated by commas'))
        .max(8, 'must be 8 apps at the most'),
    ),
})

type Settings = z.infer<typeof settings>

/**
 * Reads and checks the configuration, or throws one `ConfigError` that lists every problem. The environment goes before what
 * `.env.local` says; a blank setting counts as missing.
 */
export function readConfig(environment: Environment, file: Environment = {}): Config {
  const { own: given, warnings } = withoutServiceLinks(
    Object.fromEntries(
      Object.entries({ ...file, ...environment }).flatMap(([name, value]) =>
        value?.trim() ? [[name, value.trim()]] : [],
      ),
    ),
  )
  const result = settings.safeParse(given)
  const problems = new Set([
    ...missingPipedream(given, environment),
    ...missingAuth(given),
    ...(result.error?.issues ?? []).map(asSentence),
    ...(result.success ? misfits(result.data) : []),
  ])
  const unknown = warnOfUnknown(file, Object.keys(settings.shape))
  if (!result.success || problems.size > 0) throw new ConfigError([...problems], unknown)
  const config = asConfig(result.data)
  return {
    ...config,
    proxies: proxySettings(given),
    // With a project the emulator does not start, so its address is no matter.
    warnings: [
      ...warnOfFormerNames(given),
      ...unknown,
      ...(config.pipedream ? [] : [...warnings, ...warnOfOpenEmulator(config.emulatorHost)]),
    ],
  }
}

function warnOfOpenEmulator(host: string): string[] {
  if (isLoopbackHost(host)) return []
  return [`The emulator listens on ${host}, so whoever reaches it can read what is typed there.`]
}

function asSentence(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}.`
}

// The emulator is reached on this machine alone, and so is demo sign-in: from elsewhere nothing would work.
function misfits(values: Settings): string[] {
  const isElsewhere = values.PUBLIC_URL && !isLoopbackUrl(new URL(values.PUBLIC_URL))
  if (!isElsewhere || pipedreamConfig(values)) return []
  return [
    'PUBLIC_URL is not an address of this machine, where the emulator serves. Set the PIPEDREAM_* of a real project, or unset PUBLIC_URL.',
  ]
}

// They are every program's, and mostly written in lower case.
function proxySettings(given: Environment): ProxySettings {
  const names = PROXY_SETTINGS.flatMap((name) => [name, name.toLowerCase()])
  return Object.fromEntries(names.map((name) => [name, given[name]]))
}

function asConfig(values: Settings): Omit<Config, 'proxies' | 'warnings'> {
  const { PUBLIC_URL: url } = values
  return {
    pipedream: pipedreamConfig(values),
    emulatorPort: values.EMULATOR_PORT,
    emulatorHost: values.EMULATOR_HOST,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    allowedOrigins: values.ALLOWED_ORIGINS,
    connectTokenScope: values.PIPEDREAM_CONNECT_TOKEN_SCOPE,
    auth: authConfig(values),
    serviceKeyHash: values.SERVICE_KEY === undefined ? undefined : sha256(values.SERVICE_KEY),
    restTokens: hasRestTokens(values),
    limits: limitConfig(values),
    operator: operatorConfig(values),
    dataDirectory: resolve(values.DATA_DIR),
    database: databaseConfig(values),
    reconcileIntervalMs: values.RECONCILE_INTERVAL * 1000,
    testUserId: values.TEST_USER_ID,
    quickApps: values.QUICK_APPS,
    unencrypted: [
      ...warnOfUnencrypted('PUBLIC_URL', url === undefined ? [] : [url]),
      ...warnOfUnencrypted('ALLOWED_ORIGINS', values.ALLOWED_ORIGINS),
    ],
  }
}
