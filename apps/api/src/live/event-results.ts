import type { Event } from '../store/events.ts'
import type { EventSubscription } from './event-subscription.ts'

/** An event as a subscriber's operation selects it. */
export interface EventResult {
  id: string
  result: { data?: unknown; errors?: readonly Error[] }
}

/** Executes a subscriber's operation for an event. */
export interface EventExecution {
  execute: (event: Event) => Promise<EventResult>
  /** Called once, when the subscriber has left. */
  release: () => void
}

/** The results of a subscription, one for each event that its resolver yields. */
export class EventResults implements AsyncIterableIterator<EventResult, undefined> {
  readonly #events: EventSubscription
  #execution: EventExecution | undefined

  constructor(events: EventSubscription, execution: EventExecution) {
    this.#events = events
    this.#execution = execution
  }

  /** The ID of the event after which the subscription starts. */
  get startId(): string {
    return this.#events.startId
  }

  /** Whether the last result is of a missed event, not of a new one. */
  get isCatchingUp(): boolean {
    return this.#events.isCatchingUp
  }

  async next(): Promise<IteratorResult<EventResult, undefined>> {
    const next = await this.#events.next()
    if (!next.done && this.#execution) {
      return { done: false, value: await this.#execution.execute(next.value) }
    }
    this.#release()
    return { done: true, value: undefined }
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#release()
    return this.#events.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #release(): void {
    this.#execution?.release()
    this.#execution = undefined
  }
}
