import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isLoopback } from 'pipedream-client/node'
import { z } from 'zod'
import { EXTERNAL_USER_ID_MAX } from '../auth/viewer.ts'
import { type AuthConfig, authConfig, authSettings, missingAuth } from './auth-config.ts'
import { type DatabaseConfig, databaseConfig, databaseSettings } from './database-config.ts'
import {
  type DemoSignIn,
  demoSettings,
  readDemoSignIn,
  refuseDemoSignIn,
  signsOfDeployment,
} from './demo-settings.ts'
import { isServiceLink, warnOfUnknown, withoutServiceLinks } from './foreign-variables.ts'
import { insecureSettings, refuseMixedSources, refuseUnencrypted } from './insecure-settings.ts'
import { type LimitConfig, limitConfig, limitSettings } from './limit-settings.ts'
import { isLoopbackHost } from '../http/site.ts'
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
import { combineSources, LOCAL_FILE, type SettingsFile } from './setting-sources.ts'
import { originUrl, publicUrl, warnOfUnencrypted } from './url-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The whole configuration, validated. */
export interface Config {
  /** `undefined`: the embedded emulator replaces Pipedream. */
  pipedream: PipedreamConfig | undefined
  /** The port of the embedded emulator; 0: any free port. */
  emulatorPort: number
  /** The address that the embedded emulator listens on. */
  emulatorHost: string
  /** The address to listen on; `undefined`: see `whereToListen`. */
  host: string | undefined
  /** The port to listen on; 0: any free port. */
  port: number
  /** URL of the gateway for browsers, with or without a path; `undefined`: `http://localhost:` and the port. */
  publicUrl: string | undefined
  /** Origins of other pages that may call the API and use a connect token. */
  allowedOrigins: string[]
  /** Scope of minted connect tokens. */
  connectTokenScope: string
  demoSignIn: DemoSignIn
  /** Whether this machine reads metrics without a token: only where demo sign-in exists, and no setting shows a deployment. */
  openMetrics: boolean
  /** `undefined`: sign-in by JWT is off. */
  auth: AuthConfig | undefined
  /** SHA-256 of the key for the host product's servers; `undefined`: services cannot sign in. */
  serviceKeyHash: string | undefined
  /** Whether pages built on the official SDK get tokens from the REST endpoints. Their accounts are never held. */
  restTokens: boolean
  /** The limits on requests, and on their rate. */
  limits: LimitConfig
  operator: OperatorConfig
  /** `HTTPS_PROXY` and similar variables, unchanged. */
  proxies: ProxySettings
  /** Folder of the embedded database. */
  dataDirectory: string
  database: DatabaseConfig
  /** The pause between two reconciliation passes. */
  reconcileIntervalMs: number
  /** The name that demo sign-in suggests. */
  testUserId: string
  /** Slugs of the apps with their own button. */
  quickApps: string[]
  /** Warnings for the terminal, such as about ignored variables. */
  warnings: string[]
  /** Warnings about URLs without https, for the terminal and `/health/ready`. */
  unencrypted: string[]
}

/** Thrown by `readConfig`; its message lists all problems and warnings, one per line. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  /** Invalid or missing settings; each message from `readConfig` starts with the setting's name. */
  readonly problems: readonly string[]
  /** Ignored variables; one of them may be a misspelled setting that is missing. */
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
        'must be a port number, but is the service link of a container. Set it to a number, or unset it',
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

// An IPv6 address may be in brackets, as in a URL.
const host = z
  .string()
  .transform((value) => value.replace(/^\[(.*)\]$/, '$1'))
  .refine((value) => isIP(value) !== 0 || HOST_NAME.test(value), {
    error:
      'must be an address or a name of this machine, without scheme and port, such as 0.0.0.0 or localhost',
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
  ...demoSettings,
  ...insecureSettings,
  ...authSettings,
  SERVICE_KEY: z
    .string()
    .min(32, 'must have at least 32 characters, because it gives access to the whole workspace')
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
        .array(z.string().regex(/^[\w-]{1,100}$/, 'must be app slugs, separated by commas'))
        .max(8, 'must be at most 8 apps'),
    ),
})

type Settings = z.infer<typeof settings>

/**
 * Reads and validates the configuration. Throws one `ConfigError` that lists every problem. The environment takes precedence
 * over the files that `--settings` names, and these over `.env.local`; a blank setting counts as missing.
 */
export function readConfig(
  environment: Environment,
  file: Environment = {},
  named: readonly SettingsFile[] = [],
): Config {
  const files = [{ name: LOCAL_FILE, variables: file }, ...named]
  const sources = combineSources(environment, files)
  const { own: given, warnings } = withoutServiceLinks(sources.values)
  const result = settings.safeParse(given)
  const problems = new Set([
    ...missingPipedream(given, sources),
    ...missingAuth(given),
    ...refuseMixedSources(sources),
    ...(result.error?.issues ?? []).map(asSentence),
    ...(result.success ? misfits(result.data) : []),
  ])
  const known = Object.keys(settings.shape)
  const unknown = files.flatMap((one) => warnOfUnknown(one, known))
  if (!result.success || problems.size > 0) throw new ConfigError([...problems], unknown)
  const config = asConfig(result.data)
  return {
    ...config,
    proxies: proxySettings(given),
    // With a real project the emulator does not start, so warnings about its settings do not matter.
    warnings: [
      ...warnOfFormerNames(given),
      ...unknown,
      ...(config.pipedream ? [] : [...warnings, ...warnOfOpenEmulator(config.emulatorHost)]),
    ],
  }
}

function warnOfOpenEmulator(host: string): string[] {
  if (isLoopbackHost(host)) return []
  return [
    `The emulator listens on ${host}, so anyone who can reach that address can read what users enter.`,
  ]
}

function asSentence(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}.`
}

function misfits(values: Settings): string[] {
  const demo = refuseDemoSignIn(situationOf(values))
  const refused = [...(demo === undefined ? [] : [demo]), ...refuseUnencrypted(values)]
  if (pipedreamConfig(values)) return refused
  const { PUBLIC_URL: url } = values
  return [
    ...refused,
    // The emulator and demo sign-in work on this machine only, so nothing would work from another one.
    ...(url && !isLoopback(new URL(url))
      ? [
          'PUBLIC_URL must be a URL of this machine, because the emulator works only there. Set the PIPEDREAM_* settings of a real project, or unset PUBLIC_URL.',
        ]
      : []),
    ...(sharePort(values)
      ? ['EMULATOR_PORT must differ from PORT, because the emulator listens on the same address.']
      : []),
  ]
}

function situationOf(values: Settings): Parameters<typeof readDemoSignIn>[0] {
  return {
    wanted: values.DEMO_SIGN_IN,
    pipedream: pipedreamConfig(values),
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    allowedOrigins: values.ALLOWED_ORIGINS,
    trustedProxies: values.TRUST_PROXY,
    auth: authConfig(values),
    hasServiceKey: values.SERVICE_KEY !== undefined,
  }
}

function sharePort({ PORT: port, EMULATOR_PORT: other, ...values }: Settings): boolean {
  const { HOST: host = 'localhost', EMULATOR_HOST: otherHost } = values
  const isSameHost = host === otherHost || (isLoopbackHost(host) && isLoopbackHost(otherHost))
  return port !== 0 && port === other && isSameHost
}

function proxySettings(given: Environment): ProxySettings {
  return Object.fromEntries(PROXY_SETTINGS.map((name) => [name, given[name]]))
}

function asConfig(values: Settings): Omit<Config, 'proxies' | 'warnings'> {
  const { PUBLIC_URL: url } = values
  const situation = situationOf(values)
  const demoSignIn = readDemoSignIn(situation)
  return {
    pipedream: situation.pipedream,
    emulatorPort: values.EMULATOR_PORT,
    emulatorHost: values.EMULATOR_HOST,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    allowedOrigins: values.ALLOWED_ORIGINS,
    connectTokenScope: values.PIPEDREAM_CONNECT_TOKEN_SCOPE,
    demoSignIn,
    openMetrics:
      (demoSignIn === 'open' || demoSignIn === 'coded') &&
      signsOfDeployment(situation).length === 0,
    auth: situation.auth,
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
