import { hash, randomFillSync, timingSafeEqual } from 'node:crypto'
import type { Database } from './open-database.ts'

/** SHA-256 in hexadecimal, for storing and comparing tokens and keys with high entropy. */
export function sha256(secret: string): string {
  return hash('sha256', secret, 'hex')
}

const SECRET_BYTES = 32

// For many secrets, because the generator takes almost as long for one. `randomUUID` does the same.
const unused = Buffer.alloc(128 * SECRET_BYTES)
let position = unused.length

/** Returns 256 random bits in base64url. */
export function createSecret(): string {
  if (position === unused.length) {
    randomFillSync(unused)
    position = 0
  }
  const bytes = unused.subarray(position, position + SECRET_BYTES)
  position += SECRET_BYTES
  const secret = bytes.toString('base64url')
  bytes.fill(0)
  return secret
}

/** Whether a secret has this hash; false without a hash. */
export function isSameSecret(secret: string, expected: string | undefined): boolean {
  if (!expected) return false
  return timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(expected))
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

/** The user of a demo session. */
interface Session {
  externalUserId: string
  role: 'user' | 'operator'
}

/** Demo sign-in sessions. Only the browser knows the cookie's value; the database stores its hash. */
export interface Sessions {
  /** Starts a session and deletes expired ones. Returns the cookie's value and its expiry. */
  create(session: Session, now: Date): Promise<{ secret: string; expiresAt: Date }>
  get(secret: string, now: Date): Promise<Session | undefined>
  delete(secret: string): Promise<void>
}

/** Sessions with one `realm` do not exist for another; it is a prefix of what is hashed. */
export function createSessions(database: Database, realm = ''): Sessions {
  const hashOf = (secret: string) => sha256(realm + secret)
  return {
    async create({ externalUserId, role }, now) {
      const secret = createSecret()
      const expiresAt = new Date(now.getTime() + LIFETIME_MS)
      const row = {
        session_hash: hashOf(secret),
        external_user_id: externalUserId,
        role,
        expires_at: expiresAt.toISOString(),
      }
      await database.commit(async ({ tables }) => {
        await tables.deleteFrom('sessions').where('expires_at', '<=', now.toISOString()).execute()
        await tables.insertInto('sessions').values(row).execute()
      })
      return { secret, expiresAt }
    },
    async get(secret, now) {
      const row = await database.tables
        .selectFrom('sessions')
        .select(['external_user_id', 'role'])
        .where('session_hash', '=', hashOf(secret))
        .where('expires_at', '>', now.toISOString())
        .executeTakeFirst()
      return row && { externalUserId: row.external_user_id, role: row.role }
    },
    async delete(secret) {
      await database.commit(({ tables }) =>
        tables.deleteFrom('sessions').where('session_hash', '=', hashOf(secret)).execute(),
      )
    },
  }
}

/** Access tokens issued by the gateway, recognized by their hash. */
export interface AccessTokens {
  /** Stores a token until it expires, and deletes expired ones. */
  add(token: { accessToken: string; expiresAt: Date }, now: Date): Promise<void>
  has(accessToken: string, now: Date): Promise<boolean>
}

export function createAccessTokens(database: Database): AccessTokens {
  return {
    async add({ accessToken, expiresAt }, now) {
      const row = { token_hash: sha256(accessToken), expires_at: expiresAt.toISOString() }
      await database.commit(async ({ tables }) => {
        await tables
          .deleteFrom('access_tokens')
          .where('expires_at', '<=', now.toISOString())
          .execute()
        // Pipedream may return the same token again.
        await tables
          .insertInto('access_tokens')
          .values(row)
          .onConflict((conflict) => conflict.column('token_hash').doUpdateSet(row))
          .execute()
      })
    },
    async has(accessToken, now) {
      const row = await database.tables
        .selectFrom('access_tokens')
        .select('token_hash')
        .where('token_hash', '=', sha256(accessToken))
        .where('expires_at', '>', now.toISOString())
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
