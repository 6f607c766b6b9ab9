import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DatabaseUnavailable, OutcomeUnknown } from './database-unavailable.ts'
import { createGroupCommit, type Transaction } from './group-commit.ts'

/** What a database does with one transaction. */
const FATES = [
  'commits',
  'loses the connection',
  'rejects the transaction',
  'loses the commit',
  'loses the response to the commit',
] as const
type Fate = (typeof FATES)[number]

const NO_TABLES = {} as Transaction['tables']

/** A group commit on a database with these fates, then without failures. */
function createFailing(fates: readonly Fate[]) {
  const log: number[] = []
  const left = [...fates]
  let open: number[] = []
  const group = createGroupCommit(async (run, { decided }) => {
    const fate = left.shift() ?? 'commits'
    open = []
    await run({
      tables: NO_TABLES,
      append: ({ reason }) => void open.push(Number(reason)),
      addFlow: () => {},
    })
    if (fate === 'loses the connection') throw new DatabaseUnavailable(new Error('terminated'))
    if (fate === 'rejects the transaction') throw new Error('rejected')
    decided()
    if (fate === 'loses the commit') throw new DatabaseUnavailable(new Error('terminated'))
    log.push(...open)
    if (fate === 'loses the response to the commit') {
      throw new DatabaseUnavailable(new Error('terminated'))
    }
  })
  return { log, group }
}

const outcomeOf = (writing: Promise<void>) =>
  writing.then(
    () => 'done',
    (error: unknown) => (error instanceof OutcomeUnknown ? 'unknown' : 'failed'),
  )

test('whatever the database does, a confirmed write is there once, a failed one is not, and an unknown one is not doubled', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...FATES), { maxLength: 12 }),
      // How many writes arrive together, and whether one of them is invalid.
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), hasInvalid: fc.boolean() }), {
        maxLength: 6,
      }),
      async (fates, batches) => {
        const { log, group } = createFailing(fates)
        const outcomes: string[] = []
        for (const { size, hasInvalid } of batches) {
          const writes = Array.from({ length: size }, (_, index) => {
            const id = outcomes.length + index
            return group.commit(async ({ append }) => {
              append({ type: 'flow_refused', at: new Date(0), reason: String(id) })
              if (hasInvalid && index === 0) throw new Error('invalid')
            })
          })
          outcomes.push(...(await Promise.all(writes.map(outcomeOf))))
        }
        const allowed = { done: [1], failed: [0], unknown: [0, 1] }
        outcomes.forEach((outcome, id) => {
          const found = log.filter((logged) => logged === id).length
          expect(allowed[outcome as keyof typeof allowed], `${id} ${outcome}`).toContain(found)
        })
        expect(group.waiting).toBe(0)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a write that is queued behind a transaction without end fails in time, and the next one succeeds', async () => {
  let isSilent = true
  const group = createGroupCommit((run, { deadline }) => {
    if (!isSilent) return run({ tables: NO_TABLES, append() {}, addFlow() {} })
    const { promise, reject } = Promise.withResolvers<void>()
    const fail = () => reject(new DatabaseUnavailable(new Error('timeout')))
    setTimeout(fail, deadline - performance.now())
    return promise
  })
  const first = group.commit(async () => {})
  await setImmediate()
  const queued = group.commit(async () => {})
  await Promise.all([
    expect(first).rejects.toBeInstanceOf(DatabaseUnavailable),
    expect(queued).rejects.toBeInstanceOf(DatabaseUnavailable),
  ])
  isSilent = false
  await expect(group.commit(async () => 'written')).resolves.toBe('written')
})

test('one invalid write costs few transactions, and no other write fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 199 }), async (invalid) => {
      const { log, group } = createFailing([])
      const writes = Array.from({ length: 200 }, (_, id) =>
        group.commit(async ({ append }) => {
          append({ type: 'flow_refused', at: new Date(0), reason: String(id) })
          if (id === invalid) throw new Error('invalid')
        }),
      )
      const outcomes = await Promise.all(writes.map(outcomeOf))
      expect(outcomes.flatMap((outcome, id) => (outcome === 'done' ? [] : [id]))).toEqual([invalid])
      expect(new Set(log).size).toBe(199)
      expect(group.transactions).toBeLessThan(20)
    }),
    { numRuns: 50 },
  )
})
