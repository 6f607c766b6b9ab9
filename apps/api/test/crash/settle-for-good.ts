import { createPipedreamClient } from 'pipedream-client/server'
import { expect } from 'vitest'
import { openDatabase } from '../../src/store/open-database.ts'
import { createPerson, type Person } from '../fixtures/create-person.ts'
import { createTestGateway } from '../fixtures/create-test-gateway.ts'
import { flowStatus, showAccounts } from '../fixtures/follow-flow.ts'
import type { SeenEvent } from './ledger.ts'
import type { Survivors } from './run-and-kill.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
// How many flows one reconciliation pass reads.
const FLOWS_A_ROUND = 20

/**
 * Expires all flows and reconciles what the kills have left. Afterwards no flow is open, no account is held, and the
 * emulator has exactly the accounts that were connected and not disconnected.
 */
export async function settleForGood(
  { people, emulator }: Survivors,
  location: string,
): Promise<void> {
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const pipedream = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  })
  const database = await openDatabase(location)
  const gateway = await createTestGateway({
    database,
    pipedream,
    now,
    // The sessions of a gateway with a project.
    demoSignIn: { startCode: 'K7QM-2XVB-9RTD' },
  })
  const flows = people.flatMap(({ ledger }) => ledger.events).filter(isFlowCreated)
  const rounds = Math.ceil(flows.length / FLOWS_A_ROUND) + 2
  // First the flows expire, then the accounts are due for a check.
  for (const passing of [21 * MINUTE_MS, 7 * HOUR_MS]) {
    offset += passing
    emulator.clock.advance(passing)
    for (let round = 0; round < rounds; round += 1) await gateway.server.reconcile()
  }
  expect(gateway.complaints()).toEqual([])
  for (const { person, ledger } of people) {
    const here = createPerson(gateway.server, emulator)
    for (const [name, value] of person.cookies) here.cookies.set(name, value)
    await ledger.check(here)
    const own = ledger.events
    for (const { flowId } of own.filter(isFlowCreated)) {
      expect(await flowStatus(here, String(flowId)), `flow ${flowId}`).not.toBe('OPEN')
    }
    const shown = await showAccounts(here)
    const externalUserId = await whoIs(here)
    const upstream = new Set<string>()
    for await (const { id } of await pipedream.accounts.list({ externalUserId, limit: 100 })) {
      upstream.add(id)
    }
    // An account whose webhook was lost in a kill stays held, because nothing proves that it may be deleted.
    for (const { id, held } of shown) if (held) upstream.delete(id)
    expect(upstream).toEqual(connectedBy(own))
  }
  await gateway.server.close()
}

function isFlowCreated({ type }: SeenEvent): boolean {
  return type === 'FLOW_CREATED'
}

async function whoIs(person: Person): Promise<string> {
  const data = await person.query('{ viewer { externalUserId } }')
  return (data as { viewer: { externalUserId: string } }).viewer.externalUserId
}

/** The accounts that a user has according to the log. */
function connectedBy(events: readonly SeenEvent[]): Set<string | null> {
  const accounts = new Set<string | null>()
  for (const { type, accountId } of events) {
    if (type === 'FLOW_SUCCEEDED') accounts.add(accountId)
    if (type === 'ACCOUNT_DISCONNECTED') accounts.delete(accountId)
  }
  return accounts
}
