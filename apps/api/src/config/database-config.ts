import { resolve } from 'node:path'
import { z } from 'zod'
import { PostgresUrlError, readPostgresUrl } from '../store/postgres/postgres-url.ts'
import { DEFAULT_SCHEMA } from '../store/postgres/schema-names.ts'

/** Where the gateway stores its data. */
export interface DatabaseConfig {
  /** PostgreSQL URL, including the password; or the path of the embedded database file. */
  location: string
  /** The PostgreSQL schema of the tables. */
  schema: string
  /** URL of the connection that listens for notifications, including the password; undefined: the same as the database's. */
  listenUrl: string | undefined
  /** How long events are kept, in milliseconds; undefined: forever. */
  eventsKeptMs: number | undefined
}

// Uses the driver's own parser, whose messages never contain the password.
const postgresUrl = z.string().superRefine((value, context) => {
  try {
    readPostgresUrl(value)
  } catch (error) {
    if (!(error instanceof PostgresUrlError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
  }
})

/** The settings of the database. */
export const databaseSettings = {
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_LISTEN_URL: postgresUrl.optional(),
  DATABASE_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,49}$/, 'must be 1 to 50 lower-case letters, digits and underscores')
    .regex(/^(?!pg_|information_schema$)/, 'must not be a system schema of PostgreSQL')
    .default(DEFAULT_SCHEMA),
  DATA_DIR: z.string().default('.data'),
  EVENT_RETENTION_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .int('must be a whole number')
    .min(1, 'must be 1 to 36500')
    .max(36_500, 'must be 1 to 36500')
    .optional(),
}

const DAY_MS = 24 * 60 * 60 * 1000

type DatabaseSettings = z.infer<z.ZodObject<typeof databaseSettings>>

/** The configured database. */
export function databaseConfig(values: DatabaseSettings): DatabaseConfig {
  const { EVENT_RETENTION_DAYS: days } = values
  return {
    location: values.DATABASE_URL ?? resolve(values.DATA_DIR, 'gateway.sqlite'),
    schema: values.DATABASE_SCHEMA,
    listenUrl: values.DATABASE_LISTEN_URL,
    eventsKeptMs: days === undefined ? undefined : days * DAY_MS,
  }
}
