import type { ConnectionWebhook } from '../connection-webhook.ts'
import { environmentOf } from '../environment-of.ts'
import { jsonSource } from '../json-source.ts'
import { fieldsOf, unreadable } from '../read-json.ts'
import { accountOf } from './account.ts'

/** Reads the JSON of a connection webhook; `json` is the text that `value` was parsed from. */
export function readConnectionWebhook(value: unknown, json: string): ConnectionWebhook {
  const fields = fieldsOf(value, '')
  const event = fields.text('event')
  const told = {
    connectToken: fields.id('connect_token'),
    projectEnvironment: environmentOf(fields.optionalText('environment')),
    connectSessionId: sessionIdOf(fields.inner('connect_session_id').value, json),
    raw: fields.raw,
  }
  if (event === 'CONNECTION_SUCCESS') {
    const account = fields.inner('account')
    return { event, ...told, account: accountOf(account.value, account.at) }
  }
  if (event === 'CONNECTION_ERROR') return { event, ...told, error: fields.optionalText('error') }
  return unreadable('event', 'CONNECTION_SUCCESS or CONNECTION_ERROR')
}

function sessionIdOf(value: unknown, json: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return jsonSource(json, 'connect_session_id') ?? null
  return unreadable('connect_session_id', 'a number')
}
