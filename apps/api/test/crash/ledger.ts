import { expect } from 'vitest'
import type { Person } from '../fixtures/create-person.ts'

/** An event as a user sees it. */
export interface SeenEvent {
  id: string
  type: string
  flowId: string | null
  accountId: string | null
}

interface SeenFlow {
  id: string
  status: string
  accountId: string | null
}

interface KnownFlow {
  /** The possible states: more than one while a response is missing. */
  statuses: string[]
  accountId?: string
  isChecked: boolean
}

/** Everything that the gateway returned to a user, to compare with what it knows after it was killed. */
export interface Ledger {
  /** Sets a flow's state: one that was returned, or several while a change is pending. */
  noteFlow(id: string, statuses: string[], accountId?: string): void
  noteDisconnected(accountId: string): void
  /** The events that arrived at the open page. */
  heard: SeenEvent[]
  /** Compares what was returned since the last check with what the gateway knows now, and reads the next events. */
  check(person: Person): Promise<void>
  /** Compares everything that was returned with everything that the gateway knows. For the end, when no request runs. */
  checkAll(person: Person): Promise<void>
  /** The events read so far, oldest first. */
  events: SeenEvent[]
}

const EVENTS = `viewer { events(after: $after) { __typename
  ... on ConnectionEventConnection { nodes { id type flowId accountId } } } }`
const PAGE = 100

export function createLedger(): Ledger {
  const flows = new Map<string, KnownFlow>()
  const disconnected = new Set<string>()
  const ledger: Ledger = {
    heard: [],
    events: [],
    noteFlow(id, statuses, accountId) {
      flows.set(id, { statuses, isChecked: false, ...(accountId && { accountId }) })
    },
    noteDisconnected: (accountId) => void disconnected.add(accountId),
    async check(person) {
      await readOn(person)
      const unchecked = [...flows].filter(([, { isChecked }]) => !isChecked)
      await checkFlows(person, unchecked)
    },
    async checkAll(person) {
      const read = ledger.events.splice(0)
      await readOn(person)
      // Reading all events from the start gives the same as reading them in parts.
      expect(ledger.events.slice(0, read.length)).toEqual(read)
      expect(ledger.heard).toEqual(ledger.events)
      for (let begin = 0; begin < flows.size; begin += PAGE) {
        await checkFlows(person, [...flows].slice(begin, begin + PAGE))
      }
      checkLog()
    },
  }

  async function readOn(person: Person): Promise<void> {
    for (;;) {
      const after = ledger.events.at(-1)?.id
      const data = await person.query(`query ($after: ID) { ${EVENTS} }`, { after })
      const { viewer } = data as { viewer: { events: { nodes: SeenEvent[] } } }
      ledger.events.push(...viewer.events.nodes)
      if (viewer.events.nodes.length < PAGE) break
    }
    const ids = ledger.events.map(({ id }) => Number(id))
    expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other))
    const byId = new Map(ledger.events.map((event) => [event.id, event]))
    for (const event of ledger.heard) expect(byId.get(event.id)).toEqual(event)
  }

  async function checkFlows(person: Person, known: [string, KnownFlow][]): Promise<void> {
    if (known.length === 0) return
    const fields = known.map(
      ([id], index) => `f${index}: flow(id: "${id}") { id status accountId }`,
    )
    const found = Object.values(await person.query(`{ ${fields.join('\n')} }`)) as SeenFlow[]
    known.forEach(([id, flow], index) => {
      expect(found[index], `flow ${id}`).not.toBeNull()
      expect(flow.statuses, `flow ${id}`).toContain(found[index]?.status)
      if (flow.accountId) expect(found[index]?.accountId).toBe(flow.accountId)
      flow.isChecked = flow.statuses.length === 1
    })
  }

  function checkLog(): void {
    for (const [id, { statuses }] of flows) {
      expect(count({ type: 'FLOW_CREATED', flowId: id }), `flow ${id}`).toBe(1)
      if (statuses.length > 1) continue
      const isOf = (status: string) => (statuses[0] === status ? 1 : 0)
      expect(count({ type: 'FLOW_SUCCEEDED', flowId: id }), `flow ${id}`).toBe(isOf('SUCCEEDED'))
      expect(count({ type: 'FLOW_CANCELLED', flowId: id }), `flow ${id}`).toBe(isOf('CANCELLED'))
    }
    for (const accountId of disconnected) {
      expect(count({ type: 'ACCOUNT_DISCONNECTED', accountId }), `account ${accountId}`).toBe(1)
    }
    const createdAccounts = ledger.events.filter(({ type }) => type === 'FLOW_SUCCEEDED')
    expect(new Set(createdAccounts.map(({ accountId }) => accountId)).size).toBe(
      createdAccounts.length,
    )
    expect(new Set(createdAccounts.map(({ flowId }) => flowId)).size).toBe(createdAccounts.length)
  }

  function count(like: Partial<SeenEvent>): number {
    const wanted = Object.entries(like)
    return ledger.events.filter((event) =>
      wanted.every(([key, value]) =>
        Object.entries(event).some(([k, v]) => k === key && v === value),
      ),
    ).length
  }

  return ledger
}
