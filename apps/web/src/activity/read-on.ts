import type { Client } from 'urql'
import { type ActivityEvent, ActivityQuery } from './activity-query.ts'

export interface ReadEvents {
  /** What came after, oldest first; as far as it could be read. */
  events: ActivityEvent[]
  /** Why the rest could not be read. */
  failure?: object | undefined
}

/** Reads everything that happened after an event; `null`: from the beginning. */
export async function readOn(
  client: Client,
  after: string | null,
  read: ActivityEvent[] = [],
): Promise<ReadEvents> {
  const { data, error } = await client
    .query(ActivityQuery, { after }, { requestPolicy: 'network-only' })
    .toPromise()
  const result = data?.viewer?.events
  if (result?.__typename !== 'ConnectionEventConnection') {
    // No viewer: the session, which reads every answer, is about to take the page away.
    return { events: read, failure: result ?? error }
  }
  const events = [...read, ...result.nodes]
  const { endCursor } = result.pageInfo
  return endCursor === null ? { events } : readOn(client, endCursor, events)
}
