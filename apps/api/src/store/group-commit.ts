import { setImmediate } from 'node:timers/promises'
import type { Transaction as KyselyTransaction } from 'kysely'
import { DatabaseUnavailable, OutcomeUnknown } from './database-unavailable.ts'
import type { TransactOptions } from './engine.ts'
import type { NewEvent } from './events.ts'
import type { FlowRow } from './flow-rows.ts'
import type { Tables } from './tables.ts'

/** Writes data and events in one transaction. */
export interface Transaction {
  tables: KyselyTransaction<Tables>
  /** Adds an event to the log, in the same commit. */
  append: (event: NewEvent) => void
  /** Adds a flow, in the same commit. Statements in the transaction do not see it. */
  addFlow: (row: FlowRow) => void
}

/** May run twice, if the first attempt fails, so it must only read and write in the transaction. */
type Work<Result> = (transaction: Transaction) => Promise<Result>

export interface GroupCommit {
  /**
   * Runs the work in a transaction shared with others; resolves once the commit is durable. Throws `DatabaseUnavailable` after
   * four seconds at the latest, and `OutcomeUnknown` if the work may have been committed.
   */
  commit: <Result>(work: Work<Result>) => Promise<Result>
  /** The number of callers waiting for their transaction. */
  readonly waiting: number
  /** The number of transactions started. */
  readonly transactions: number
  /** Resolves when nothing is waiting. */
  settled: () => Promise<void>
}

interface Piece {
  /** When the caller gets a response at the latest; a time of `performance.now()`. */
  deadline: number
  run(transaction: Transaction): Promise<void>
  succeed(): void
  fail(reason: unknown): void
}

/** Runs the work in one transaction. */
type Transact = (
  run: (transaction: Transaction) => Promise<void>,
  options: TransactOptions,
) => Promise<void>

/** How long a write may take, so that a request is answered within five seconds. */
const WRITE_TIMEOUT_MS = 4000
/** How much of it a transaction needs. Starting later would only break a working connection at the deadline. */
const LEAST_TIME_MS = 1500

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

  async function commitTogether(all: Piece[], previous?: DatabaseUnavailable): Promise<void> {
    const pieces = failLate(all, previous ?? WAITED)
    if (pieces.length === 0) return
    let isDecided = false
    try {
      transactions += 1
      await transact(
        async (transaction) => {
          for (const piece of pieces) await piece.run(transaction)
        },
        {
          decided: () => (isDecided = true),
          deadline: Math.min(...pieces.map(({ deadline }) => deadline)),
        },
      )
    } catch (error) {
      // The commit may have succeeded without a response, so it is not retried.
      if (isDecided) return fail(pieces, asUnknown(error))
      // The connection was lost, which the work did not cause; another connection may work.
      if (error instanceof DatabaseUnavailable) {
        return previous ? fail(pieces, error) : commitTogether(pieces, error)
      }
      if (pieces.length === 1) return fail(pieces, error)
      // One piece failed the whole group. Halving it takes few transactions, so that the others are not too late meanwhile.
      const half = Math.ceil(pieces.length / 2)
      await commitTogether(pieces.slice(0, half))
      return commitTogether(pieces.slice(half))
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

const WAITED = new DatabaseUnavailable(
  new Error('Timeout: the write waited too long for its transaction.'),
)

/** Fails the pieces for which a transaction would come too late, and returns the others. */
function failLate(pieces: readonly Piece[], reason: DatabaseUnavailable): Piece[] {
  const latest = performance.now() + LEAST_TIME_MS
  fail(
    pieces.filter(({ deadline }) => deadline < latest),
    reason,
  )
  return pieces.filter(({ deadline }) => deadline >= latest)
}

function fail(pieces: readonly Piece[], error: unknown): void {
  for (const piece of pieces) piece.fail(error)
}

function asUnknown(error: unknown): unknown {
  return error instanceof DatabaseUnavailable ? new OutcomeUnknown(error.cause) : error
}

function asPiece<Result>(
  work: Work<Result>,
  resolve: (result: Result) => void,
  fail: (reason: unknown) => void,
): Piece {
  let settle: () => void
  return {
    deadline: performance.now() + WRITE_TIMEOUT_MS,
    async run(transaction) {
      const result = await work(transaction)
      settle = () => resolve(result)
    },
    succeed: () => settle(),
    fail,
  }
}
