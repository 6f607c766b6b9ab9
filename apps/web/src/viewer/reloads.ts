import type { Operation } from 'urql'

/** How long a reload waits, so that everything that changes a list in this time leads to one request. */
const WAIT_MS = 300

/**
 * Merges the reloads of a list. A burst of events, or an event and the result of the mutation that caused it, would otherwise
 * load the list once each. Belongs in the context of the query, as `reloads`; the client's exchange calls `hold`.
 */
export class Reloads {
  /** Whether the list has changed since the last request for it was sent. */
  #isOutdated = false

  /** Notes that the list has changed. urql drops a reload while a request is in flight, which may show the former list. */
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
  async hold(operation: Operation): Promise<Operation> {
    if (operation.context.requestPolicy === 'network-only') {
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    this.#isOutdated = false
    return operation
  }
}
