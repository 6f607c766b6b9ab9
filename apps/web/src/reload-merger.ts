import type { Operation } from 'urql'

/** How long a reload waits, so that all changes of the list in this time lead to one request. */
const WAIT_MS = 300

/**
 * Merges the reloads of a list: a burst of events, or a mutation and its event, loads the list once. Unlike `useThrottled`,
 * it includes the reloads that urql itself starts after a mutation. Belongs in the context of the query, as `reloads`; the
 * client's exchange calls `delay`.
 */
export class ReloadMerger {
  /** Whether the list has changed since the last request for it was sent. */
  #isOutdated = false

  /** Call when the list has changed: urql drops a reload while a request is in flight, which may return the former list. */
  markOutdated(): void {
    this.#isOutdated = true
  }

  /** Whether the list must be loaded again now that a request has finished. Resets the mark. */
  takeOutdated(): boolean {
    const isOutdated = this.#isOutdated
    this.#isOutdated = false
    return isOutdated
  }

  /** Delays the request of a reload; the first load of a list is not delayed. */
  async delay(operation: Operation): Promise<Operation> {
    if (operation.context.requestPolicy === 'network-only') {
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    this.#isOutdated = false
    return operation
  }
}
