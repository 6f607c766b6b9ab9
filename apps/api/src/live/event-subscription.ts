import type { Event } from '../store/events.ts'
import type { Topic } from './topic.ts'

/** How many new events may wait for the consumer. A consumer that falls further behind reads them from the database. */
const QUEUE_MAX = 1000

const DONE = Promise.resolve({ done: true, value: undefined } as const)

interface EventSubscriptionOptions {
  topic: Topic
  /** The ID of the last event that the subscriber already has. */
  after: string
  /** Called once, when the subscription has ended. */
  onEnd: () => void
}

/**
 * The events of a topic after a given one, each once and in order. Reads what was missed at the consumer's pace, then receives
 * each new event with the topic's other subscribers. A class, because thousands of them are idle at a time: a closure for
 * each method would double their memory.
 */
export class EventSubscription implements AsyncIterableIterator<Event, undefined> {
  /** The ID of the event after which the subscription starts. */
  readonly startId: string
  /** The ID up to which nothing is left to deliver. */
  position: number
  readonly #topic: Topic
  readonly #onEnd: () => void
  readonly #events: AsyncGenerator<Event, undefined>
  #queue: Event[] = []
  #isLive = false
  #hasEnded = false
  #failure: { error: unknown } | undefined
  #wake: (() => void) | undefined

  constructor({ topic, after, onEnd }: EventSubscriptionOptions) {
    this.startId = after
    this.position = Number(after)
    this.#topic = topic
    this.#onEnd = onEnd
    this.#events = this.#read()
  }

  /** Whether the last event was missed, not new: the database may hold many more of these. */
  get isCatchingUp(): boolean {
    return !this.#isLive
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#hasEnded) return DONE
    return this.#events.next()
  }

  /** Ends the subscription immediately, even while it waits for an event. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.#end()
    return DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Called by the topic with each new event. */
  receive(event: Event): void {
    if (this.#queue.length < QUEUE_MAX) this.#queue.push(event)
    else this.#fallBehind()
    this.#wake?.()
  }

  /** Called by the topic when it cannot read the database. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#wake?.()
  }

  async *#read(): AsyncGenerator<Event, undefined> {
    try {
      while (!this.#hasEnded) {
        const { position: others } = this.#topic
        const page = await this.#topic.readMissed(this.position)
        if (!page.isLast) await this.#topic.takeTurn()
        yield* page.events.filter((event) => this.#advance(event))
        // The last page contains everything that the others had when it was read.
        if (page.isLast) this.#join(others)
        for (let event = await this.#live(); event; event = await this.#live()) yield event
      }
    } finally {
      this.#end()
    }
  }

  /** The next new event; undefined when the subscription has ended or is not live. */
  async #live(): Promise<Event | undefined> {
    while (this.#isLive && !this.#hasEnded) {
      if (this.#failure) throw this.#failure.error
      const event = this.#queue.shift()
      if (event === undefined) await new Promise<void>((resolve) => (this.#wake = resolve))
      else if (this.#advance(event)) return event
    }
    return undefined
  }

  #advance({ id }: Event): boolean {
    if (Number(id) <= this.position) return false
    this.position = Number(id)
    return true
  }

  #join(others: number): void {
    if (this.#hasEnded) return
    this.position = Math.max(this.position, others)
    this.#isLive = this.#topic.join(this)
  }

  #fallBehind(): void {
    this.#queue = []
    this.#isLive = false
    this.#topic.leave(this)
  }

  #end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#topic.leave(this)
    this.#onEnd()
    this.#wake?.()
  }
}
