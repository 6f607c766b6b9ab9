import { CompiledQuery, type Insertable, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

// A statement takes a bounded number of parameters: SQLite 32,766.
const LARGEST = 64

/**
 * Creates a function that inserts rows of a table in their order. All rows must have the same keys in the same order. A
 * statement inserts 1, 2, 4, ... or 64 of them, so that Kysely compiles few statements, each of them once.
 */
export function createInsert<Table extends keyof Tables>(
  tables: Kysely<Tables>,
  table: Table,
): (transaction: Kysely<Tables>, rows: readonly Insertable<Tables[Table]>[]) => Promise<void> {
  const statements = new Map<number, string>()

  function statementFor(rows: readonly Insertable<Tables[Table]>[]): string {
    const known = statements.get(rows.length)
    if (known !== undefined) return known
    const { sql } = tables.insertInto(table).values(rows).compile()
    statements.set(rows.length, sql)
    return sql
  }

  return async (transaction, rows) => {
    for (let start = 0; start < rows.length;) {
      const size = largestPowerOfTwo(Math.min(rows.length - start, LARGEST))
      const portion = rows.slice(start, start + size)
      const parameters = portion.flatMap((row) => Object.values(row))
      await transaction.executeQuery(CompiledQuery.raw(statementFor(portion), parameters))
      start += size
    }
  }
}

function largestPowerOfTwo(atMost: number): number {
  return 2 ** (31 - Math.clz32(atMost))
}
