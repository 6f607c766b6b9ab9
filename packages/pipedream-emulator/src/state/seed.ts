import { findApp } from '../catalogue/catalogue.ts'
import { recordUser } from './external-users.ts'
import type { Environment, StoredAccount } from './store.ts'
import type { EmulatorContext } from './emulator-context.ts'
import { randomAlphanumeric } from './random.ts'

/** An account to create. */
export interface SeedAccount {
  /** The external user who owns the account. */
  externalUserId: string
  /** Slug or id of an app in the catalogue. */
  app: string
  /** `apn_` and letters or digits. Default: generated. */
  id?: string
  /** The project environment of the account. Default `development`. */
  environment?: Environment
  /** The account's display name. Default null. */
  name?: string | null
  /** False when the account needs to be reconnected. Default true. */
  healthy?: boolean
  /** True when the account can only be reconnected. A dead account is never healthy. Default false. */
  dead?: boolean
  /** The reason why the account is unhealthy. Default null. */
  error?: string | null
  /** When the account was connected. Default: the clock's current time. */
  createdAt?: Date
  /** The values of a key-based app's fields, by field name. Default none. */
  credentials?: Record<string, string>
}

/** Data to add to an emulator. */
export interface Seed {
  /** The product name and support address that the hosted page shows. */
  project?: {
    /** Product name. Default: unchanged. */
    appName?: string
    /** Support e-mail address. Default: unchanged. */
    supportEmail?: string
  }
  /** Accounts to connect. Default: none. */
  accounts?: readonly SeedAccount[]
}

/** Adds a seed. Returns the ids of its accounts, in order. Throws an Error for an app that is not in the catalogue. */
export function addSeed(context: EmulatorContext, seed: Seed): { accountIds: string[] } {
  const accounts = (seed.accounts ?? []).map((account) => newSeedAccount(context, account))
  Object.assign(context.project, seed.project)
  for (const account of accounts) {
    context.store.accounts.set(account.id, account)
    recordUser(context, account, account.connectedAt)
  }
  return { accountIds: accounts.map(({ id }) => id) }
}

function newSeedAccount(context: EmulatorContext, seed: SeedAccount): StoredAccount {
  const app = findApp(seed.app)
  if (app === undefined) throw new Error(`Unknown app: "${seed.app}".`)
  const createdAt = seed.createdAt ?? context.clock.now()
  const dead = seed.dead ?? false
  return {
    id: seed.id ?? `apn_${randomAlphanumeric(7)}`,
    projectId: context.project.id,
    environment: seed.environment ?? 'development',
    externalUserId: seed.externalUserId,
    slug: app.slug,
    name: seed.name ?? null,
    healthy: !dead && (seed.healthy ?? true),
    dead,
    error: seed.error ?? null,
    oauthAppId: null,
    customClientId: null,
    authorizedScopes: null,
    credentials: { ...seed.credentials },
    createdAt,
    updatedAt: createdAt,
    connectedAt: createdAt,
  }
}
