import { findApp } from '../catalogue/catalogue.ts'
import { rememberUser } from './external-users.ts'
import type { Environment, StoredAccount } from './store.ts'
import type { EmulatorContext } from './emulator-context.ts'
import { randomAlphanumeric } from './random.ts'

/** An account to start with. */
export interface SeedAccount {
  /** Whose it is. */
  externalUserId: string
  /** Slug or id of an app of the catalogue. */
  app: string
  /** `apn_` and letters or digits; made up when left out. */
  id?: string
  /** Default `development`. */
  environment?: Environment
  /** Default null, as with an account that nobody named. */
  name?: string | null
  /** Default true. */
  healthy?: boolean
  /** Default false. A dead account is never healthy, and has to be reconnected. */
  dead?: boolean
  /** Why it is unhealthy. Default null. */
  error?: string | null
  /** Default: the clock's now. */
  createdAt?: Date
  /** Keys of a key-based app. Default none. */
  credentials?: Record<string, string>
}

/** What to put into the emulator. */
export interface Seed {
  /** What the hosted page says about the product that people connect to. */
  project?: { appName?: string; supportEmail?: string }
  accounts?: readonly SeedAccount[]
}

/** Puts the seed in and answers the ids of its accounts, in order. Throws on an app that the catalogue lacks. */
export function plantSeed(context: EmulatorContext, seed: Seed): { accountIds: string[] } {
  const accounts = (seed.accounts ?? []).map((account) => newSeedAccount(context, account))
  Object.assign(context.project, seed.project)
  for (const account of accounts) {
    context.store.accounts.set(account.id, account)
    rememberUser(context, account, account.connectedAt)
  }
  return { accountIds: accounts.map(({ id }) => id) }
}

function newSeedAccount(context: EmulatorContext, seed: SeedAccount): StoredAccount {
  const app = findApp(seed.app)
  if (app === undefined) throw new Error(`The catalogue has no app "${seed.app}".`)
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
