import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { z } from 'zod'
import { onOrOff } from './limit-settings.ts'
import type { SettingSources } from './setting-sources.ts'
import { baseUrl, httpUrl } from './url-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The Pipedream project of this gateway. */
export interface PipedreamConfig {
  clientId: string
  clientSecret: string
  projectId: string
  projectEnvironment: 'development' | 'production'
  baseUrl: string | undefined
  connectUrl: string | undefined
}

const PIPEDREAM_REQUIRED = [
  'PIPEDREAM_CLIENT_ID',
  'PIPEDREAM_CLIENT_SECRET',
  'PIPEDREAM_PROJECT_ID',
  'PIPEDREAM_PROJECT_ENVIRONMENT',
] as const

// Other programs also have variables that start with PIPEDREAM_; only these configure a project.
const PIPEDREAM_SETTINGS = [
  ...PIPEDREAM_REQUIRED,
  'PIPEDREAM_BASE_URL',
  'PIPEDREAM_CONNECT_URL',
  'PIPEDREAM_CONNECT_TOKEN_SCOPE',
] as const

/** The settings of the project. All may be missing here; `missingPipedream` lists which belong together. */
export const pipedreamSettings = {
  PIPEDREAM_CLIENT_ID: z.string().optional(),
  PIPEDREAM_CLIENT_SECRET: z.string().optional(),
  PIPEDREAM_PROJECT_ID: z
    .string()
    .regex(/^proj_[0-9A-Za-z]+$/, 'must be a project ID, which starts with proj_')
    .optional(),
  PIPEDREAM_PROJECT_ENVIRONMENT: z
    .enum(['development', 'production'], { error: 'must be development or production' })
    .optional(),
  PIPEDREAM_BASE_URL: baseUrl.optional(),
  PIPEDREAM_CONNECT_URL: httpUrl.optional(),
  PIPEDREAM_CONNECT_TOKEN_SCOPE: z.string().default(CONNECT_TOKEN_SCOPE),
  REST_TOKENS: onOrOff.optional(),
  REST_TWINS: onOrOff.optional(),
}

type PipedreamSettings = z.infer<z.ZodObject<typeof pipedreamSettings>>

/** Lists the missing settings when a project is partly configured, because falling back to the emulator would hide the mistake. */
export function missingPipedream(
  given: Environment,
  { sourceOf }: Pick<SettingSources, 'sourceOf'>,
): string[] {
  const set = PIPEDREAM_SETTINGS.filter((name) => given[name] !== undefined)
  if (set.length === 0) return []
  const named = set.map((name) => `${name} (in ${sourceOf(name)})`)
  return PIPEDREAM_REQUIRED.filter((name) => given[name] === undefined).map(
    (name) => `${name} is missing. Set it, or unset ${named.join(' and ')} to use the emulator.`,
  )
}

/** The configured project; `undefined`: no project is configured, so the embedded emulator is used. */
export function pipedreamConfig(values: PipedreamSettings): PipedreamConfig | undefined {
  const clientId = values.PIPEDREAM_CLIENT_ID
  const clientSecret = values.PIPEDREAM_CLIENT_SECRET
  const projectId = values.PIPEDREAM_PROJECT_ID
  const projectEnvironment = values.PIPEDREAM_PROJECT_ENVIRONMENT
  if (!clientId || !clientSecret || !projectId || !projectEnvironment) return undefined
  return {
    clientId,
    clientSecret,
    projectId,
    projectEnvironment,
    baseUrl: values.PIPEDREAM_BASE_URL,
    connectUrl: values.PIPEDREAM_CONNECT_URL,
  }
}

/** Whether the REST endpoints exist; default: not in production. */
export function hasRestTokens(values: PipedreamSettings): boolean {
  return (
    values.REST_TOKENS ?? values.REST_TWINS ?? values.PIPEDREAM_PROJECT_ENVIRONMENT !== 'production'
  )
}

/** Warns of settings under a former name, which still works. */
export function warnOfFormerNames(given: Environment): string[] {
  if (given.REST_TWINS === undefined) return []
  return given.REST_TOKENS === undefined
    ? ['REST_TWINS is now called REST_TOKENS. The former name still works; rename it.']
    : ['REST_TWINS is the former name of REST_TOKENS, which is also set, so REST_TWINS is ignored.']
}
