import type { Person } from './create-person.ts'

const SUBSCRIBE = `subscription ($after: ID) { connectionEvents(after: $after) {
  __typename ... on ConnectionEvent { id type app accountId flowId reason } ... on Error { message } } }`

/** One event of a stream as it was sent: its fields, with what is in `data` parsed. */
interface SentEvent {
  id?: string
  event?: string
  /** What the subscription's field was. */
  data?: { id?: string; accountId?: string; [name: string]: unknown }
}

export interface Subscription {
  response: Response
  /** What is sent next, comments left out; undefined when the stream has ended. Rejects when it was cut. */
  next(): Promise<SentEvent | undefined>
  /** The next so many events. */
  take(count: number): Promise<NonNullable<SentEvent['data']>[]>
  /** The literal text that was sent so far. */
  text(): string
  /** The next piece as it was sent. */
  read(): Promise<string | undefined>
  leave(): Promise<void>
}

interface SubscribeOptions {
  after?: string | undefined
  lastEventId?: string | undefined
  query?: string
}

/** Subscribes to a person's connection events over an event stream. */
export async function subscribe(
  person: Person,
  { after, lastEventId, query = SUBSCRIBE }: SubscribeOptions = {},
): Promise<Subscription> {
  const response = await person.post(
    '/graphql',
    { query, variables: { after } },
    {
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  )
  if (!response.body) throw new Error(`No stream: ${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let all = ''
  let rest = ''

  async function read(): Promise<string | undefined> {
    const { done, value } = await reader.read()
    if (done) return undefined
    all += value
    return value
  }

  async function next(): Promise<SentEvent | undefined> {
    for (;;) {
      const end = rest.indexOf('\n\n')
      if (end >= 0) {
        const block = rest.slice(0, end)
        rest = rest.slice(end + 2)
        const sent = parse(block)
        if (sent.event !== undefined) return sent
        continue
      }
      const more = await read()
      if (more === undefined) return undefined
      rest += more
    }
  }

  return {
    response,
    next,
    read,
    async take(count) {
      const taken: NonNullable<SentEvent['data']>[] = []
      while (taken.length < count) {
        const sent = await next()
        if (!sent?.data) throw new Error(`The stream ended after ${taken.length} events: ${all}`)
        taken.push(sent.data)
      }
      return taken
    },
    text: () => all,
    leave: () => reader.cancel(),
  }
}

function parse(block: string): SentEvent {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
    }),
  )
  const { id, event, data } = fields
  const result = data ? JSON.parse(data) : undefined
  if (result?.errors) throw new Error(data)
  return {
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    data: result && Object.values<SentEvent['data']>(result.data)[0],
  }
}
