import { parseJsonObject } from '../wire/read-body.ts'
import type { Seed, SeedAccount } from './seed.ts'
import type { Environment } from './store.ts'
import { withoutUndefined } from '../wire/objects.ts'

type Given = Record<string, unknown>

/** Parses a seed from JSON, with `createdAt` as an ISO date. Throws a TypeError that names the invalid part. */
export function readSeed(text: string): Seed {
  const given = parseJsonObject(text)
  if (given === null)
    throw new TypeError('A seed must be a JSON object, such as { "accounts": [] }.')
  rejectOthers(given, { what: 'seed', known: ['project', 'accounts'] })
  const { project, accounts = [] } = given
  if (!Array.isArray(accounts)) throw new TypeError('The accounts of a seed must be an array.')
  return {
    ...(project === undefined ? {} : { project: readProject(project) }),
    accounts: accounts.map((account: unknown) => readAccount(account)),
  }
}

function readProject(value: unknown): { appName?: string; supportEmail?: string } {
  const given = readObject(value, 'project')
  rejectOthers(given, { what: 'project', known: ['appName', 'supportEmail'] })
  return withoutUndefined({
    appName: text(given, 'appName'),
    supportEmail: text(given, 'supportEmail'),
  })
}

const ACCOUNT_KEYS = [
  'externalUserId',
  'app',
  'id',
  'environment',
  'name',
  'healthy',
  'dead',
  'error',
  'createdAt',
  'credentials',
]

function readAccount(value: unknown): SeedAccount {
  const given = readObject(value, 'account')
  rejectOthers(given, { what: 'account', known: ACCOUNT_KEYS })
  const externalUserId = text(given, 'externalUserId')
  const app = text(given, 'app')
  if (externalUserId === undefined || app === undefined) {
    throw new TypeError('An account in a seed requires an externalUserId and an app.')
  }
  return {
    externalUserId,
    app,
    ...withoutUndefined({
      id: text(given, 'id'),
      environment: readEnvironment(given),
      name: textOrNull(given, 'name'),
      healthy: flag(given, 'healthy'),
      dead: flag(given, 'dead'),
      error: textOrNull(given, 'error'),
      createdAt: readCreatedAt(given),
      credentials: readCredentials(given),
    }),
  }
}

function readEnvironment({ environment }: Given): Environment | undefined {
  if (environment === undefined) return undefined
  if (environment === 'development' || environment === 'production') return environment
  throw new TypeError('The environment in a seed must be development or production.')
}

function readCreatedAt(given: Given): Date | undefined {
  const createdAt = text(given, 'createdAt')
  if (createdAt === undefined) return undefined
  const date = new Date(createdAt)
  if (Number.isNaN(date.getTime())) {
    throw new TypeError('createdAt in a seed must be a date such as 2026-01-01T00:00:00Z.')
  }
  return date
}

function readCredentials({ credentials }: Given): Record<string, string> | undefined {
  if (credentials === undefined) return undefined
  const given = readObject(credentials, 'credentials')
  return Object.fromEntries(Object.keys(given).map((name) => [name, text(given, name) ?? '']))
}

function text(given: Given, key: string): string | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'string') return value
  throw new TypeError(`${key} in a seed must be a string.`)
}

function textOrNull(given: Given, key: string): string | null | undefined {
  return given[key] === null ? null : text(given, key)
}

function flag(given: Given, key: string): boolean | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'boolean') return value
  throw new TypeError(`${key} in a seed must be true or false.`)
}

function readObject(value: unknown, what: string): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`The ${what} in a seed must be an object.`)
  }
  return { ...value }
}

function rejectOthers(given: Given, { what, known }: { what: string; known: string[] }): void {
  const other = Object.keys(given).find((key) => !known.includes(key))
  if (other !== undefined)
    throw new TypeError(`Unknown field of the ${what} in a seed: "${other}".`)
}
