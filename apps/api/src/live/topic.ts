import type { Event } from '../store/events.ts'
import type { TakeTurn } from './take-turns.ts'

/** Reads up to a page of a topic's events, oldest first, after an event ID. */
export type ReadPage = (after: number) => Promise<{ events: Event[]; isLast: boolean }>

/** A subscriber that already has every event up to its position. */
interface LiveReader {
  /** The ID of the last event that it received. */
  readonly position: number
  /** Takes the next event, or ignores it if it is not after the reader's position. */
  receive: (event: Event) => void
  fail: (error: unknown) => void
}

/** The events of one user, or of all users. One read of the database serves every reader that is up to date. */
export class Topic {
  readonly #readPage: ReadPage
  readonly #takeTurn: TakeTurn
  readonly #readers = new Set<LiveReader>()
  /** The event ID up to which all live readers have everything. */
  #position = 0
  #isReading = false
  #readAgain = false
  /** Increases when the last reader leaves, so that a read in progress is discarded: a later reader may be behind it. */
  #generation = 0

  constructor(readPage: ReadPage, takeTurn: TakeTurn) {
    this.#readPage = readPage
    this.#takeTurn = takeTurn
  }

  /** The event ID up to which the live readers have everything; 0 without readers. */
  get position(): number {
    return this.#readers.size > 0 ? this.#position : 0
  }

  /** Adds a live reader. Returns false if the reader is behind the others and must read further first. */
  join(reader: LiveReader): boolean {
    const isFirst = this.#readers.size === 0
    if (!isFirst && reader.position < this.#position) return false
    this.#readers.add(reader)
    if (isFirst) {
      this.#position = reader.position
      // Events may have been recorded since the reader read its last page, while no one polled.
      void this.poll()
    }
    return true
  }

  leave(reader: LiveReader): void {
    if (!this.#readers.delete(reader) || this.#readers.size > 0) return
    this.#generation += 1
    this.#isReading = false
  }

  /** Reads a page for one subscriber that is not up to date. */
  readMissed(after: number): ReturnType<ReadPage> {
    return this.#readPage(after)
  }

  /** Waits until a page may be delivered, so that other requests run between two pages. */
  takeTurn(): Promise<void> {
    return this.#takeTurn()
  }

  /** Delivers what has been recorded since the last read. */
  async poll(): Promise<void> {
    this.#readAgain = true
    if (this.#isReading || this.#readers.size === 0) return
    this.#isReading = true
    const generation = this.#generation
    while (this.#readAgain && generation === this.#generation) {
      this.#readAgain = false
      await this.#deliverPage(generation)
    }
    if (generation === this.#generation) this.#isReading = false
  }

  async #deliverPage(generation: number): Promise<void> {
    try {
      const { events, isLast } = await this.#readPage(this.#position)
      if (generation !== this.#generation) return
      for (const event of events) {
        for (const reader of this.#readers) reader.receive(event)
        this.#position = Math.max(this.#position, Number(event.id))
      }
      if (isLast) return
      this.#readAgain = true
      await this.takeTurn()
    } catch (error) {
      if (generation !== this.#generation) return
      for (const reader of this.#readers) reader.fail(error)
    }
  }
}
