import { parseJsonObject } from '../wire/read-body.ts'
import type { ResettableClock } from './clock.ts'
import type { EmulatorContext } from './emulator-context.ts'

/** What survives a restart: tokens, accounts and users, the project, and the offset of the clock. */
export interface EmulatorState {
  /**
   * Returns the state as JSON, including whatever was typed into the emulator. Faults, requests and deliveries are not
   * part of it.
   */
  save: () => string
  /** Restores the state that `save` returned. Throws a TypeError for any other string, and then changes nothing. */
  load: (text: string) => void
}

const VERSION = 1

type StateContext = Pick<EmulatorContext, 'store' | 'project'> & { clock: ResettableClock }

export function createState(context: StateContext): EmulatorState {
  const tables: Record<string, Map<string, unknown>> = { ...context.store }
  return {
    save() {
      const rows = Object.entries(tables).map(([name, table]) => [name, [...table]])
      return JSON.stringify(
        {
          version: VERSION,
          project: context.project,
          clockOffsetMs: context.clock.offsetMs,
          tables: Object.fromEntries(rows),
        },
        tagDates,
      )
    },
    load(text) {
      const saved = readSaved(text)
      for (const [name, table] of Object.entries(tables)) {
        table.clear()
        for (const [key, row] of saved.tables.get(name) ?? []) table.set(key, row)
      }
      // The id stays the one of the credentials that this process was given.
      Object.assign(context.project, saved.project, { id: context.project.id })
      context.clock.reset(saved.clockOffsetMs)
    },
  }
}

interface Saved {
  project: object
  clockOffsetMs: number
  tables: Map<string, [string, unknown][]>
}

function readSaved(text: string): Saved {
  const saved = parseJsonObject(text)
  const { version, project, clockOffsetMs, tables } = saved ?? {}
  if (
    version !== VERSION ||
    typeof clockOffsetMs !== 'number' ||
    !isObject(project) ||
    !isObject(tables)
  ) {
    throw new TypeError('Not a saved state of a Pipedream emulator.')
  }
  const rows = Object.entries(tables).map(([name, table]): [string, [string, unknown][]] => [
    name,
    readRows(table),
  ])
  return { project, clockOffsetMs, tables: new Map(rows) }
}

function readRows(table: unknown): [string, unknown][] {
  if (!Array.isArray(table)) return []
  return table.flatMap((row: unknown): [string, unknown][] =>
    Array.isArray(row) && typeof row[0] === 'string' ? [[row[0], restoreDates(row[1])]] : [],
  )
}

// JSON.stringify has already converted the Date to a string when it calls the replacer. The holder still has the Date.
function tagDates(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key]
  return original instanceof Date ? { $date: original.toISOString() } : value
}

function restoreDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreDates)
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === '$date' && typeof only[1] === 'string') {
    return new Date(only[1])
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, restoreDates(item)]))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
