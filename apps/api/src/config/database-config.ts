import { resolve } from 'node:path'
import { z } from 'zod'
import { PostgresUrlError, readPostgresUrl } from '../store/postgres/postgres-url.ts'
import { DEFAULT_SCHEMA } from '../store/postgres/schema-names.ts'

/** Where what must not be forgotten is kept. */
export interface DatabaseConfig {
  /** URL of PostgreSQL, password and all; or the file of the embedded database. */
  location: string
  /** The schema of PostgreSQL that holds the tables. */
  schema: string
  /** URL for the one connection that listens, password and all; undefined: that of the database. */
  listenUrl: string | undefined
}

// The driver's own reading of it; the message never has the password in it.
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
    .regex(/^[a-z_][a-z0-9_]{0,49}$/, 'must be 1 to 50 small letters, digits and underscores')
    .regex(/^(?!pg_|information_schema$)/, 'must not be a schema of PostgreSQL itself')
    .default(DEFAULT_SCHEMA),
  DATA_DIR: z.string().default('.data'),
}

type DatabaseSettings = z.infer<z.ZodObject<typeof databaseSettings>>

/** The database that the settings ask for. */
export function databaseConfig(values: DatabaseSettings): DatabaseConfig {
  return {
    location: values.DATABASE_URL ?? resolve(values.DATA_DIR, 'gateway.sqlite'),
    schema: values.DATABASE_SCHEMA,
    listenUrl: values.DATABASE_LISTEN_URL,
  }
}
