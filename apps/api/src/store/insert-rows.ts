import { CompiledQuery, type Insertable, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

// A statement takes a bounded number of parameters: SQLite 32,766.
const LARGEST = 64

/**
 * Creates a function that makes the statements which insert rows into a table in their order. All rows must have the same keys
 * in the same order. A statement inserts 1, 2, 4, ... or 64 of them, so that Kysely compiles few statements, each of them once.
 */
export function createInsert<Table extends keyof Tables>(
  tables: Kysely<Tables>,
  table: Table,
): (rows: readonly Insertable<Tables[Table]>[]) => CompiledQuery[] {
  const statements = new Map<number, string>()

  function statementFor(rows: readonly Insertable<Tables[Table]>[]): string {
    const known = statements.get(rows.length)
    if (known !== undefined) return known
    const { sql } = tables.insertInto(table).values(rows).compile()
    statements.set(rows.length, sql)
    return sql
  }

  return (rows) => {
    const inserts: CompiledQuery[] = []
    for (let start = 0; start < rows.length;) {
      const size = largestPowerOfTwo(Math.min(rows.length - start, LARGEST))
      const portion = rows.slice(start, start + size)
      const parameters = portion.flatMap((row) => Object.values(row))
      inserts.push(CompiledQuery.raw(statementFor(portion), parameters))
      start += size
    }
    return inserts
  }
}

function largestPowerOfTwo(atMost: number): number {
  return 2 ** (31 - Math.clz32(atMost))
}
