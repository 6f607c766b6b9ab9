import { DatabaseError } from 'pg'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { NotWritable } from './postgres/postgres-pool.ts'
import type { PostgresTarget } from './postgres/postgres-url.ts'

/**
 * Says in two sentences why a database cannot be used, and what to do. `setting` is the one that names it. Neither a
 * password nor anything else of the URL but hosts, database and user is in it.
 */
export function nameTrouble(error: unknown, target: PostgresTarget, setting: string): string {
  const reason = error instanceof DatabaseUnavailable ? error.cause : error
  const user = target.hosts[0]?.user
  const { what, todo } = explain(reason, { setting, user: user ? ` “${user}”` : '' })
  const code = codeOf(reason)
  return `${setting} names the database ${target.name}, but ${what}${code ? ` (${code})` : ''}. ${todo}`
}

interface Trouble {
  what: string
  todo: string
}

interface About {
  setting: string
  /** The user in quotation marks after a blank; empty: the URL names none. */
  user: string
}

function explain(reason: unknown, about: About): Trouble {
  const code = codeOf(reason) ?? ''
  const known = BY_CODE[code]
  if (known) return known(about)
  if (code.startsWith('28')) return refusedUser(messageOf(reason), about)
  if (reason instanceof NotWritable) {
    return {
      what: 'none of its hosts that answer accepts writes',
      todo: 'Name the primary, or wait until the fail-over is done.',
    }
  }
  const said = messageOf(reason)
  return BY_WORDS.find(([words]) => words.test(said))?.[1](about) ?? unknownTrouble(reason)
}

// What a server or pooler says of its protocol names the cause, and no secret; other sentences may hold anything.
function unknownTrouble(reason: unknown): Trouble {
  const isProtocol = reason instanceof DatabaseError && reason.code === '08P01'
  return {
    what: isProtocol ? `the server or pooler refuses: ${reason.message}` : 'it cannot be used',
    todo: 'Check that it runs, and the address, user and password.',
  }
}

type Explain = (about: About) => Trouble

const notTrusted: Explain = () => ({
  what: 'its certificate is signed by an authority that is not trusted here',
  todo: "Download your provider's CA and add sslmode=verify-full&sslrootcert=<file>; sslmode=no-verify encrypts without checking the server.",
})

const unknownHost: Explain = () => ({
  what: 'no such host is found',
  todo: 'Check the host name, and that this machine can resolve it.',
})

const unreachable: Explain = () => ({
  what: 'there is no way to its host from here',
  todo: 'Check the network, and the address.',
})

const noAnswer: Explain = () => ({
  what: 'it does not answer in time',
  todo: 'Check the host and port, and that no firewall is in between; connect_timeout=<seconds> waits longer.',
})

const broken: Explain = () => ({
  what: 'it closes the connection',
  todo: 'Check that PostgreSQL listens on this port, and whether it wants TLS (sslmode=require).',
})

const BY_CODE: Readonly<Record<string, Explain>> = {
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  CERT_HAS_EXPIRED: () => ({
    what: 'its certificate has expired',
    todo: 'Renew the certificate of the server, and check the clock of this machine.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: () => ({
    what: 'its certificate is for another host name',
    todo: 'Use the host name that the certificate was made for; sslmode=no-verify encrypts without checking the server.',
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
    what: 'this process may not open its socket',
    todo: 'Check the permissions of the folder in host=.',
  }),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: noAnswer,
  ECONNRESET: broken,
  EPIPE: broken,
  '28P01': ({ user }) => ({
    what: `the password of the user${user} is wrong`,
    todo: 'Check user and password; encode signs such as @ : / in them, as %40 %3A %2F.',
  }),
  '3D000': () => ({
    what: 'the server has no such database',
    todo: 'Create it, or check the name at the end of the URL.',
  }),
  '42501': ({ user }) => ({
    what: `the role${user} lacks rights`,
    todo: 'Let its owner grant CONNECT on the database, USAGE on our schema, and SELECT, INSERT, UPDATE and DELETE on its tables.',
  }),
  '53300': () => ({
    what: 'it has no connection left',
    todo: 'Raise its limit, stop other programs, or put a pooler such as PgBouncer in between.',
  }),
  '57P03': () => ({ what: 'it is starting or stopping', todo: 'Try again in a moment.' }),
  '25006': () => ({
    what: 'it is read-only',
    todo: 'Name the primary, or wait until the fail-over is done.',
  }),
}

const BY_WORDS: readonly (readonly [RegExp, Explain])[] = [
  [
    /not support SSL/i,
    () => ({
      what: 'the server does not support TLS',
      todo: 'Set sslmode=disable if the network is your own, or switch TLS on at the server.',
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
      what: 'the pooler refuses a startup parameter',
      todo: 'Take options= and similar parameters out of the URL, or let the pooler ignore them (ignore_startup_parameters).',
    }),
  ],
  [/timeout/i, noAnswer],
  [/terminated|closed/i, broken],
]

// One code for many reasons; the sentence is PostgreSQL's own, and only a few words of it are looked at.
function refusedUser(said: string, { user }: About): Trouble {
  if (/no encryption|SSL off|SSL required|connection is insecure/i.test(said)) {
    return { what: 'the server accepts TLS only', todo: 'Add sslmode=verify-full to the URL.' }
  }
  return {
    what: `the server refuses the user${user}`,
    todo: 'Check the user, and the rules of the server about who may connect from here (pg_hba.conf).',
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
