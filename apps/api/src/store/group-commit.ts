import { setImmediate } from 'node:timers/promises'
import type { Transaction as KyselyTransaction } from 'kysely'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { NewEvent } from './events.ts'
import type { Tables } from './tables.ts'

/** What a piece of work writes with. */
export interface Transaction {
  tables: KyselyTransaction<Tables>
  /** Adds an event to the log, in the same commit. */
  append: (event: NewEvent) => void
}

/** It may run twice, the first time in vain, so it does nothing but read and write in the transaction. */
type Work<Result> = (transaction: Transaction) => Promise<Result>

export interface GroupCommit {
  /** Does the work in a transaction that it may share with others; resolves once it would survive a power cut. */
  commit: <Result>(work: Work<Result>) => Promise<Result>
  /** How many pieces of work wait for their transaction. */
  readonly waiting: number
  /** How many transactions were begun. */
  readonly transactions: number
  /** Resolves when nothing waits any more. */
  settled: () => Promise<void>
}

interface Piece {
  run(transaction: Transaction): Promise<void>
  succeed(): void
  fail(reason: unknown): void
}

/** Runs the pieces in one transaction; `decided` is called before only the commit itself can still fail. */
type Transact = (
  run: (transaction: Transaction) => Promise<void>,
  decided: () => void,
) => Promise<void>

// More would make everybody wait for the slowest.
const LARGEST_GROUP = 256

/** One writer: whatever is asked for while a transaction runs shares the next one, and its one wait for the disk. */
export function createGroupCommit(transact: Transact): GroupCommit {
  const waiting: Piece[] = []
  let draining: Promise<void> | undefined
  let transactions = 0

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // The requests that arrived with this one have not been read yet; with SQLite none would ever share a commit.
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
      // A commit without an answer may have happened, so it is not tried again.
      if (isDecided) return pieces.forEach((piece) => piece.fail(error))
      // The connection was lost, which another one may not be; it is none of the pieces' fault.
      if (error instanceof DatabaseUnavailable) {
        if (!isSecond) return commitTogether(pieces, true)
        return pieces.forEach((piece) => piece.fail(error))
      }
      if (pieces.length === 1) return pieces.forEach((piece) => piece.fail(error))
      // One of them spoiled it: alone, only that one fails.
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
