import { setImmediate } from 'node:timers/promises'
import type { Transaction as KyselyTransaction } from 'kysely'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { NewEvent } from './events.ts'
import type { Tables } from './tables.ts'

/** Writes data and events in one transaction. */
export interface Transaction {
  tables: KyselyTransaction<Tables>
  /** Adds an event to the log, in the same commit. */
  append: (event: NewEvent) => void
}

/** May run twice, if the first attempt fails, so it must only read and write in the transaction. */
type Work<Result> = (transaction: Transaction) => Promise<Result>

export interface GroupCommit {
  /** Runs the work in a transaction shared with others; resolves once the commit is durable. */
  commit: <Result>(work: Work<Result>) => Promise<Result>
  /** The number of callers waiting for their transaction. */
  readonly waiting: number
  /** The number of transactions started. */
  readonly transactions: number
  /** Resolves when nothing is waiting. */
  settled: () => Promise<void>
}

interface Piece {
  run(transaction: Transaction): Promise<void>
  succeed(): void
  fail(reason: unknown): void
}

/** Runs the work in one transaction; `decided` is called when only the commit itself can still fail. */
type Transact = (
  run: (transaction: Transaction) => Promise<void>,
  decided: () => void,
) => Promise<void>

// A larger group would make all of its callers wait longer.
const LARGEST_GROUP = 256

/** Creates a single writer: work requested during a transaction shares the next one, with one wait for the disk. */
export function createGroupCommit(transact: Transact): GroupCommit {
  const waiting: Piece[] = []
  let draining: Promise<void> | undefined
  let transactions = 0

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Waits for requests that arrived at the same time; otherwise SQLite would never share a commit.
      await setImmediate()
      await commitTogether(waiting.splice(0, LARGEST_GROUP))
    }
    draining = undefined
  }

  async function commitTogether(pieces: Piece[], isSecond = false): Promise<void> {
    let isDecided = false
    try {
      transactions += 1
      await transact(
        async (transaction) => {
          for (const piece of pieces) await piece.run(transaction)
        },
        () => (isDecided = true),
      )
    } catch (error) {
      // The commit may have succeeded without a response, so it is not retried.
      if (isDecided) return pieces.forEach((piece) => piece.fail(error))
      // The connection was lost, which the work did not cause; another connection may work.
      if (error instanceof DatabaseUnavailable) {
        if (!isSecond) return commitTogether(pieces, true)
        return pieces.forEach((piece) => piece.fail(error))
      }
      if (pieces.length === 1) return pieces.forEach((piece) => piece.fail(error))
      // One piece failed the whole group, so each runs again separately, and only that piece fails.
      for (const piece of pieces) await commitTogether([piece])
      return
    }
    for (const piece of pieces) piece.succeed()
  }

  return {
    commit: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(asPiece(work, resolve, reject))
        draining ??= drain()
      }),
    get waiting() {
      return waiting.length
    },
    get transactions() {
      return transactions
    },
    settled: () => draining ?? Promise.resolve(),
  }
}

function asPiece<Result>(
  work: Work<Result>,
  resolve: (result: Result) => void,
  fail: (reason: unknown) => void,
): Piece {
  let settle: () => void
  return {
    async run(transaction) {
      const result = await work(transaction)
      settle = () => resolve(result)
    },
    succeed: () => settle(),
    fail,
  }
}
