import type { PageQuery } from './page.ts'

/** One of your users, as Pipedream knows them. */
export interface ExternalUser {
  /** Pipedream's id, `exu_...`. */
  readonly id: string
  /** Your id. */
  readonly externalUserId: string
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The answer as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `users.list` takes. */
export interface ListUsersQuery extends PageQuery {
  /** A part of your id for them. */
  search?: string | undefined
}
