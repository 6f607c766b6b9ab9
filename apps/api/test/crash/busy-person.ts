import { expect } from 'vitest'
import type { Person } from '../fixtures/create-person.ts'
import { subscribe } from '../fixtures/subscribe.ts'
import { createLedger, type Ledger, type SeenEvent } from './ledger.ts'

const CANCEL = `mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) {
  __typename ... on CancelledFlow { flow { status accountId } } } }`
const DISCONNECT = `mutation ($accountId: ID!) { disconnectAccount(input: { accountId: $accountId }) {
  __typename ... on DisconnectedAccount { accountId } } }`
const FOLLOW = `subscription ($after: ID) { connectionEvents(after: $after) {
  __typename ... on ConnectionEvent { id type flowId accountId } } }`

/** Runs a request, again if the gateway is killed before it responds. `attempt` counts from 1. */
type Ask = <Result>(run: (attempt: number) => Promise<Result>) => Promise<Result>

interface BusyPersonOptions {
  name: string
  person: Person
  ask: Ask
  /** Returns the code for demo sign-in. */
  startCode: () => Promise<string>
  random: () => number
}

/** A user who connects, cancels and disconnects all the time, with a page open. */
export interface BusyPerson {
  person: Person
  ledger: Ledger
  signIn(): Promise<void>
  /** Performs one action to its end. */
  doSomething(): Promise<void>
  /** Keeps a page open until the gateway is killed. */
  follow(): Promise<void>
}

export function createBusyPerson({
  name,
  person,
  ask,
  startCode,
  random,
}: BusyPersonOptions): BusyPerson {
  const ledger = createLedger()
  const connected: string[] = []

  async function start(): Promise<{ token: string; flowId: string }> {
    const started = await ask(() => person.startConnecting('openai'))
    ledger.noteFlow(started.flowId, ['OPEN'])
    return started
  }

  async function connect(): Promise<void> {
    const { token, flowId } = await start()
    const accountId = await person.typeKey(token, 'openai')
    ledger.noteFlow(flowId, ['OPEN', 'SUCCEEDED'])
    const confirmed = await ask(() => person.confirm(flowId, accountId))
    expect(confirmed).toMatchObject({
      __typename: 'ConfirmedConnection',
      flow: { status: 'SUCCEEDED', accountId },
    })
    ledger.noteFlow(flowId, ['SUCCEEDED'], accountId)
    connected.push(accountId)
  }

  async function cancelFlow({ late }: { late: boolean }): Promise<void> {
    const { token, flowId } = await start()
    if (late) await person.typeKey(token, 'openai')
    ledger.noteFlow(flowId, ['OPEN', 'CANCELLED', 'SUCCEEDED'])
    const { __typename, flow } = await ask(() => person.field(CANCEL, { flowId }))
    expect(__typename).toBe('CancelledFlow')
    const { status, accountId } = flow as { status: string; accountId: string | null }
    expect(['CANCELLED', 'SUCCEEDED']).toContain(status)
    ledger.noteFlow(flowId, [status], accountId ?? undefined)
    if (accountId) connected.push(accountId)
  }

  async function disconnect(accountId: string): Promise<void> {
    const result = await ask(async (attempt) => {
      const { __typename } = await person.field(DISCONNECT, { accountId })
      // The first request succeeded, although its response was lost.
      if (attempt === 1) expect(__typename).toBe('DisconnectedAccount')
      return __typename
    })
    expect(['DisconnectedAccount', 'AccountNotFound']).toContain(result)
    if (result === 'DisconnectedAccount') ledger.noteDisconnected(accountId)
  }

  return {
    person,
    ledger,
    async signIn() {
      await ask(async () => {
        const code = await startCode()
        const { status } = await person.post('/auth/demo', { externalUserId: name, code })
        if (status !== 204) throw new Error(`Signed in with ${status}`)
      })
    },
    async doSomething() {
      const choice = random()
      const oldest = choice < 0.25 ? connected.shift() : undefined
      if (oldest) await disconnect(oldest)
      else if (choice < 0.4) await cancelFlow({ late: choice < 0.3 })
      else await connect()
    },
    async follow() {
      const after = ledger.heard.at(-1)?.id ?? '0'
      const page = await subscribe(person, { after, query: FOLLOW })
      for (;;) {
        const sent = await page.next()
        if (!sent) return
        const { id, type, flowId, accountId } = sent.data as unknown as SeenEvent
        ledger.heard.push({ id, type, flowId, accountId })
      }
    },
  }
}
