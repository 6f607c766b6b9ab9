import type { ComponentContext, OptionsPage, OptionsQuery } from './component.ts'
import { toObject, toObjects } from '../wire/objects.ts'

/** Returns the channels to choose from. Slack cannot search them, so the search term filters each page. */
export async function listConversations(
  context: ComponentContext,
  { prevContext, query }: OptionsQuery,
): Promise<OptionsPage> {
  const search = new URLSearchParams({ limit: '20' })
  if (typeof prevContext.cursor === 'string') search.set('cursor', prevContext.cursor)
  const body = await callSlack(context, `conversations.list?${search}`)
  const cursor = toObject(body.response_metadata)?.next_cursor
  return {
    options: toChannels(body.channels)
      .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
      .map(({ id, name }) => ({ label: `#${name}`, value: id })),
    context: typeof cursor === 'string' && cursor !== '' ? { cursor } : null,
  }
}

/** Reads the channels from Slack's response. */
export function toChannels(value: unknown): { id: string; name: string }[] {
  return toObjects(value).flatMap(({ id, name }) =>
    typeof id === 'string' && typeof name === 'string' ? { id, name } : [],
  )
}

/** Calls Slack's API. Throws Slack's error, which arrives with status 200 and `ok: false`. */
export async function callSlack(
  { call }: ComponentContext,
  method: string,
  json?: unknown,
): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' }
  const init = json === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(json) }
  const response = await call(new Request(`https://slack.com/api/${method}`, init))
  const body = toObject(await response.json().catch(() => null)) ?? {}
  if (response.ok && body.ok === true) return body
  throw new Error(
    typeof body.error === 'string'
      ? `An API error occurred: ${body.error}`
      : `Slack responded with ${response.status}.`,
  )
}
