import { type ExecutionResult, GraphQLError } from 'graphql'
import { type Reply, sentence } from '../http/reply.ts'
import { TOO_LARGE } from './plugins.ts'

const GRAPHQL = 'application/graphql-response+json'
const JSON_TYPE = 'application/json'
export const EVENTS = 'text/event-stream'

type MediaType = typeof GRAPHQL | typeof JSON_TYPE | typeof EVENTS

// What a client gets that accepts anything.
const BY_WILDCARD: Readonly<Record<string, MediaType>> = {
  '*/*': JSON_TYPE,
  'application/*': JSON_TYPE,
  'text/*': EVENTS,
}

interface Accepted {
  type: MediaType
  /** Whether the client names the type. */
  isNamed: boolean
}

/** The first type in a header `Accept` that an operation can be answered with. */
export function acceptedType(accept: string | null): Accepted | undefined {
  // An empty header is like none.
  for (const part of (accept || '*/*').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.replace(/\s/g, '').split(';')
    const charset = parameters.find((parameter) => parameter.startsWith('charset='))
    if (charset !== undefined && charset !== 'charset=utf-8') continue
    if (name === GRAPHQL || name === JSON_TYPE || name === EVENTS) {
      return { type: name, isNamed: true }
    }
    const type = BY_WILDCARD[name]
    if (type) return { type, isNamed: false }
  }
  return undefined
}

/** The reply to a client that accepts nothing that an operation can be answered with. */
export function refuseAccept(): Reply {
  return sentence(406, `Accept “${GRAPHQL}”, “${JSON_TYPE}” or “${EVENTS}”.`)
}

/**
 * The reply to an operation. As the GraphQL over HTTP specification recommends, one that cannot be executed gets status 400;
 * for a client that accepts `application/json`, 200 if its document or its variables are invalid, because older clients ignore
 * the body of any other status. An operation that is too large, or cannot be read, always gets 400.
 */
export function toReply(
  result: ExecutionResult,
  { type, isNamed }: Accepted,
  { isRead = true }: { isRead?: boolean } = {},
): Reply {
  const isPlain = type === JSON_TYPE && isNamed
  const mustFail = !isRead || isTooLarge(result)
  const isRefused = result.data === undefined && result.errors !== undefined
  const text = stringify(result)
  return {
    status: isRefused && (mustFail || !isPlain) ? statusOf(result) : 200,
    headers: { 'content-type': `${type}; charset=utf-8` },
    body: type === EVENTS ? `event: next\ndata: ${text}\n\nevent: complete\ndata:\n\n` : text,
  }
}

function isTooLarge({ errors = [] }: ExecutionResult): boolean {
  return errors.some(({ extensions }) => extensions['code'] === TOO_LARGE)
}

// Anything that happens before the execution and is not the client's mistake.
function statusOf({ errors = [] }: ExecutionResult): number {
  const codes = new Set(errors.map(({ extensions }) => extensions['code']))
  if (codes.has('SERVICE_UNAVAILABLE')) return 503
  return codes.has('INTERNAL_SERVER_ERROR') ? 500 : 400
}

function stringify({ data, errors, extensions }: ExecutionResult): string {
  if (!errors) return JSON.stringify({ data, extensions })
  return JSON.stringify({ errors: errors.map(describe), data, extensions })
}

// Yoga keeps the status of an error in an extension, which is not for clients.
function describe(error: GraphQLError): unknown {
  const { message, locations, path, extensions } = error.toJSON()
  const { http: _, ...own } = extensions ?? {}
  return { message, locations, path, ...(Object.keys(own).length > 0 && { extensions: own }) }
}
