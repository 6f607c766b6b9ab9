import type { Client } from 'urql'
import { type ActivityEvent, ActivityQuery } from './activity-query.ts'

/** The events read so far. */
export interface History {
  /** Oldest first. */
  events: ActivityEvent[]
  /** There are older events. */
  hasEarlier: boolean
  /** Why the last read failed. */
  failure?: object | undefined
}

/** Reads new events; at first, the newest page. */
export async function readNews(client: Client, known: History | undefined): Promise<History> {
  const last = known?.events.at(-1)
  if (!known || !last) return readBackFrom(client, { id: null, known })
  const { nodes, hasNextPage, failure } = await readPage(client, {
    order: 'OLDEST_FIRST',
    after: last.id,
  })
  const news = { ...known, events: [...known.events, ...nodes], failure }
  return hasNextPage ? readNews(client, news) : news
}

/** Reads a page of older events. */
export async function readEarlier(client: Client, known: History): Promise<History> {
  return readBackFrom(client, { id: known.events[0]?.id ?? null, known })
}

async function readBackFrom(
  client: Client,
  { id, known }: { id: string | null; known: History | undefined },
): Promise<History> {
  const page = await readPage(client, { order: 'NEWEST_FIRST', after: id })
  const { nodes, failure } = page
  const hasEarlier = failure === undefined ? page.hasNextPage : (known?.hasEarlier ?? false)
  return { events: [...nodes.toReversed(), ...(known?.events ?? [])], hasEarlier, failure }
}

interface ReadPage {
  nodes: ActivityEvent[]
  hasNextPage: boolean
  failure?: object | undefined
}

async function readPage(
  client: Client,
  variables: { order: 'OLDEST_FIRST' | 'NEWEST_FIRST'; after: string | null },
): Promise<ReadPage> {
  const { data, error } = await client
    .query(ActivityQuery, variables, { requestPolicy: 'network-only' })
    .toPromise()
  const result = data?.viewer?.events
  if (result?.__typename === 'ConnectionEventConnection') {
    return { nodes: result.nodes, hasNextPage: result.pageInfo.hasNextPage }
  }
  // No viewer: the session reads every response, and is about to show the sign-in page.
  return { nodes: [], hasNextPage: false, failure: result ?? error }
}
