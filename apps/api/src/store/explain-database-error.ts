import { DatabaseError } from 'pg'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { NotWritable } from './postgres/postgres-pool.ts'
import type { PostgresTarget } from './postgres/postgres-url.ts'

/**
 * Explains in two sentences why a database cannot be used, and what to do. `setting` is the setting that names the database.
 * Of the URL, the result contains only hosts, database and user, and never the password.
 */
export function explainDatabaseError(
  error: unknown,
  target: PostgresTarget,
  setting: string,
): string {
  const reason = error instanceof DatabaseUnavailable ? error.cause : error
  const user = target.hosts[0]?.user
  const about = { setting, user: user ? ` “${user}”` : '' }
  const { what, todo } = explain(reason, about) ?? withMessage(reason)
  const code = codeOf(reason)
  return `${setting} names the database ${target.name}, but ${what}${code ? ` (${code})` : ''}. ${todo}`
}

/** Explains an error without the names of hosts, database and user, which the server's own message may contain. */
export function explainBriefly(reason: unknown): string {
  const { what, todo } = explain(reason, { setting: 'DATABASE_URL', user: '' }) ?? UNKNOWN
  return `The database cannot be used: ${what}. ${todo}`
}

interface Explanation {
  what: string
  todo: string
}

interface About {
  setting: string
  /** The user in quotation marks after a space; empty if the URL has no user. */
  user: string
}

function explain(reason: unknown, about: About): Explanation | undefined {
  const code = codeOf(reason) ?? ''
  const known = BY_CODE[code]
  if (known) return known(about)
  if (code.startsWith('28')) return refusedUser(messageOf(reason), about)
  if (reason instanceof NotWritable) {
    return {
      what: 'none of the hosts that respond accepts writes',
      todo: 'Name the primary, or wait until the fail-over is complete.',
    }
  }
  const message = messageOf(reason)
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1](about)
}

const UNKNOWN: Explanation = {
  what: 'it cannot be used',
  todo: 'Check that it runs, and check the host, user and password.',
}

// A pooler's protocol error names the cause, and the operator may read it; other messages may contain a password.
function withMessage(reason: unknown): Explanation {
  const isProtocol = reason instanceof DatabaseError && reason.code === '08P01'
  return isProtocol
    ? { ...UNKNOWN, what: `the server or pooler rejects it: ${reason.message}` }
    : UNKNOWN
}

export const INSUFFICIENT_PRIVILEGE = '42501'

type Explain = (about: About) => Explanation

const notTrusted: Explain = () => ({
  what: 'its certificate is signed by an authority that is not trusted here',
  todo: "Download your provider's CA and add sslmode=verify-full&sslrootcert=<file>. To encrypt without verifying the server, use sslmode=no-verify.",
})

const unknownHost: Explain = () => ({
  what: 'there is no such host',
  todo: 'Check the host name, and that this machine can resolve it.',
})

const unreachable: Explain = () => ({
  what: 'there is no route to its host',
  todo: 'Check the network and the host.',
})

const noResponse: Explain = () => ({
  what: 'it does not respond in time',
  todo: 'Check the host and port, and that no firewall blocks them. To wait longer, use connect_timeout=<seconds>.',
})

const broken: Explain = () => ({
  what: 'it closes the connection',
  todo: 'Check that PostgreSQL listens on this port, and whether it requires TLS (sslmode=require).',
})

const BY_CODE: Readonly<Record<string, Explain>> = {
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  CERT_HAS_EXPIRED: () => ({
    what: 'its certificate has expired',
    todo: 'Renew the server’s certificate, and check the clock of this machine.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: () => ({
    what: 'its certificate is for another host name',
    todo: 'Use the host name of the certificate. To encrypt without verifying the server, use sslmode=no-verify.',
  }),
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ECONNREFUSED: () => ({
    what: 'nothing listens there',
    todo: 'Check that PostgreSQL runs, and the host and port.',
  }),
  ENOENT: () => ({
    what: 'its socket does not exist',
    todo: 'Check the folder in host=, and that PostgreSQL or the proxy runs.',
  }),
  EACCES: () => ({
    what: 'this process has no permission to open its socket',
    todo: 'Check the permissions of the folder in host=.',
  }),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: noResponse,
  ECONNRESET: broken,
  EPIPE: broken,
  '28P01': ({ user }) => ({
    what: `the password of the user${user} is wrong`,
    todo: 'Check user and password. Encode characters such as @ : / in them, as %40 %3A %2F.',
  }),
  '3D000': () => ({
    what: 'the server has no such database',
    todo: 'Create it, or check the name at the end of the URL.',
  }),
  [INSUFFICIENT_PRIVILEGE]: ({ user }) => ({
    what: `the role${user} lacks privileges`,
    todo: 'Ask the owner to grant CONNECT on the database, USAGE on the gateway’s schema, and SELECT, INSERT, UPDATE and DELETE on its tables.',
  }),
  '53300': () => ({
    what: 'it has no free connections',
    todo: 'Raise its limit, stop other programs, or use a pooler such as PgBouncer.',
  }),
  '53100': () => ({
    what: 'its disk is full',
    todo: 'Free space on the database server; the gateway needs no restart.',
  }),
  '53200': () => ({
    what: 'it has no free memory',
    todo: 'Check the load and the memory of the database server.',
  }),
  '55P03': () => ({
    what: 'another replica has been writing for too long',
    todo: 'Check the load of the database, and what its open transactions wait for.',
  }),
  '57014': () => ({
    what: 'it is too slow',
    todo: 'Check the load of the database, and what its statements wait for.',
  }),
  '58030': () => ({
    what: 'its disk reports an error',
    todo: 'Check the disk of the database server.',
  }),
  '57P03': () => ({ what: 'it is starting or stopping', todo: 'Try again in a moment.' }),
  '25006': () => ({
    what: 'it is read-only',
    todo: 'Name the primary, or wait until the fail-over is complete.',
  }),
}

const BY_MESSAGE: readonly (readonly [RegExp, Explain])[] = [
  [
    /not support SSL/i,
    () => ({
      what: 'the server does not support TLS',
      todo: 'Set sslmode=disable if you trust the network, or turn on TLS on the server.',
    }),
  ],
  [
    /password must be a/i,
    ({ user }) => ({
      what: `the server asks the user${user} for a password, and the URL has none`,
      todo: 'Add it to the URL: postgres://user:password@host/database.',
    }),
  ],
  [
    /startup parameter/i,
    () => ({
      what: 'the pooler rejects a startup parameter',
      todo: 'Remove options= and similar parameters from the URL, or let the pooler ignore them (ignore_startup_parameters).',
    }),
  ],
  [/timeout/i, noResponse],
  [/terminated|closed/i, broken],
]

// One code has many reasons. PostgreSQL's message distinguishes them; only these few phrases of it are used.
function refusedUser(message: string, { user }: About): Explanation {
  if (/no encryption|SSL off|SSL required|connection is insecure/i.test(message)) {
    return { what: 'the server accepts TLS only', todo: 'Add sslmode=verify-full to the URL.' }
  }
  return {
    what: `the server rejects the user${user}`,
    todo: 'Check the user, and the server’s rules for connections from this machine (pg_hba.conf).',
  }
}

function codeOf(reason: unknown): string | undefined {
  return reason instanceof Error && 'code' in reason && typeof reason.code === 'string'
    ? reason.code
    : undefined
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : ''
}
