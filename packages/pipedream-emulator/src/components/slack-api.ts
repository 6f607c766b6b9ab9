import type { ComponentContext, OptionsPage, OptionsQuery } from './component.ts'
import { toObject, toObjects } from '../wire/objects.ts'

/** The channels to choose from. Slack has no search for them, so what was typed narrows each page. */
export async function listConversations(
  context: ComponentContext,
  { prevContext, query }: OptionsQuery,
): Promise<OptionsPage> {
  const search = new URLSearchParams({ limit: '20' })
  if (typeof prevContext.cursor === 'string') search.set('cursor', prevContext.cursor)
  const answer = await callSlack(context, `conversations.list?${search}`)
  const cursor = toObject(answer.response_metadata)?.next_cursor
  return {
    options: toChannels(answer.channels)
      .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
      .map(({ id, name }) => ({ label: `#${name}`, value: id })),
    context: typeof cursor === 'string' && cursor !== '' ? { cursor } : null,
  }
}

/** The channels in an answer of Slack. */
export function toChannels(value: unknown): { id: string; name: string }[] {
  return toObjects(value).flatMap(({ id, name }) =>
    typeof id === 'string' && typeof name === 'string' ? { id, name } : [],
  )
}

/** One call to Slack; throws what Slack says when it refuses, with 200 and `ok` false. */
export async function callSlack(
  { call }: ComponentContext,
  method: string,
  json?: unknown,
): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' }
  const init = json === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(json) }
  const response = await call(new Request(`https://slack.com/api/${method}`, init))
  const answer = toObject(await response.json().catch(() => null)) ?? {}
  if (response.ok && answer.ok === true) return answer
  throw new Error(
    typeof answer.error === 'string'
      ? `An API error occurred: ${answer.error}`
      : `Slack answered with ${response.status}.`,
  )
}
