import { environmentOf } from '../client-options.ts'
import type { ConnectionWebhook } from '../parse-connection-webhook.ts'
import { fieldsOf, unreadable } from '../read-json.ts'
import { accountOf } from './accounts.ts'

/** Reads a connection webhook. `json` is the source of `value`. */
export function readConnectionWebhook(value: unknown, json: string): ConnectionWebhook {
  const fields = fieldsOf(value, '')
  const event = fields.string('event')
  const shared = {
    connectToken: fields.id('connect_token'),
    projectEnvironment: environmentOf(fields.optionalString('environment')),
    connectSessionId: sessionIdOf(fields.inner('connect_session_id').value, json),
    raw: fields.raw,
  }
  if (event === 'CONNECTION_SUCCESS') {
    const account = fields.inner('account')
    return { event, ...shared, account: accountOf(account.value, account.at) }
  }
  if (event === 'CONNECTION_ERROR')
    return { event, ...shared, error: fields.optionalString('error') }
  return unreadable('event', 'CONNECTION_SUCCESS or CONNECTION_ERROR')
}

function sessionIdOf(value: unknown, json: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return jsonSource(json, 'connect_session_id') ?? null
  return unreadable('connect_session_id', 'a number')
}

/**
 * Returns the source of a key's value in the outermost object of a JSON document; undefined if the key is absent. For
 * numbers that JavaScript cannot represent. As in `JSON.parse`, the last duplicate wins. The document must be
 * valid JSON.
 */
function jsonSource(json: string, key: string): string | undefined {
  let source: string | undefined
  for (const [name, value] of topLevelEntries(json)) {
    if (JSON.parse(name) === key) source = value
  }
  return source
}

/** The entries of the outermost object, as sources of name and value. */
function* topLevelEntries(json: string): Generator<[name: string, value: string]> {
  let depth = 0
  let start = 0
  let name = ''
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at] ?? ''
    const isEnd = depth === 1 && (mark === ',' || mark === '}')
    if (isEnd && name !== '') yield [name, json.slice(start, at).trim()]
    if (depth === 1 && mark === ':') name = json.slice(start, at).trim()
    if (mark === '{' || mark === '[') depth += 1
    if (mark === '}' || mark === ']') depth -= 1
    if (depth === 1 && '{,:'.includes(mark)) start = at + 1
    if (depth === 1 && mark === ',') name = ''
    // Skips the content of strings.
    if (mark === '"') at = endOfString(json, at)
  }
}

function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
