import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../test/fixtures/create-person.ts'
import { engines, type Place } from '../../test/fixtures/engines.ts'
import {
  createTimedGateway,
  eventTypes,
  flowStatus,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { createHeldAccounts } from '../store/held-accounts.ts'
import { type Database, openDatabase } from '../store/open-database.ts'

const MINUTE_MS = 60_000
const KEEP =
  'mutation ($accountId: ID!) { keepAccount(input: { accountId: $accountId }) { __typename } }'
const RELEASE =
  'mutation ($accountId: ID!) { releaseHeldAccount(input: { accountId: $accountId }) { __typename } }'

describe.each(engines)('on $name', ({ makePlace }) => {
  let place: Place
  let database: Database
  let gateway: TimedGateway
  let olga: Person
  // The clock of the replica that handles the next request.
  let offset = 0
  const now = () => new Date(Date.now() + offset)

  beforeAll(async () => {
    place = await makePlace()
    database = await openDatabase(place.location)
    const started = await createTimedGateway({ database, now })
    const advance = (milliseconds: number) => {
      offset += milliseconds
      started.advance(milliseconds)
    }
    gateway = { ...started, advance }
    olga = await gateway.signIn('olga', 'operator')
  })
  afterAll(async () => {
    await gateway.server.close()
    await place.remove()
  })

  /** A user whose flow has a proof, and ends within the next half minute. */
  async function nearTheEnd(who: string) {
    const person = await gateway.signIn(who)
    const { token, flowId } = await person.startConnecting('openai')
    const accountId = await person.typeKey(token, 'openai')
    await sendWebhook(gateway)
    await live(gateway, 19.5 * MINUTE_MS)
    return { person, flowId, accountId }
  }

  /** Lets the flow end, and acts while the account is being deleted at Pipedream. */
  async function duringDeletion(act: () => Promise<void>, answer?: Response) {
    gateway.advance(31_000)
    gateway.intercept(async ({ method }) => {
      if (method !== 'DELETE') return undefined
      gateway.intercept(() => undefined)
      await act()
      return answer
    })
    await gateway.server.reconcile()
  }

  test('a confirmation at a replica whose clock is behind is refused while the account is deleted', async () => {
    const { person, flowId, accountId } = await nearTheEnd('ada')
    let confirmed: unknown
    await duringDeletion(async () => {
      offset -= 10_000
      confirmed = await person.confirm(flowId, accountId)
      offset += 10_000
    })
    expect(confirmed).toMatchObject({ __typename: 'FlowClosed' })
    expect(await flowStatus(person, flowId)).toBe('EXPIRED')
    expect(await showAccounts(person)).toEqual([])
    expect(await eventTypes(person)).toEqual([
      'FLOW_CREATED',
      'ACCOUNT_HELD',
      'FLOW_EXPIRED',
      'CONFIRMATION_REFUSED',
      'ACCOUNT_REMOVED',
    ])
  })

  test('an account is neither kept nor released while it is deleted', async () => {
    const { person, accountId } = await nearTheEnd('bea')
    const results: string[] = []
    await duringDeletion(async () => {
      results.push((await person.field(KEEP, { accountId })).__typename)
      results.push((await olga.field(RELEASE, { accountId })).__typename)
    })
    expect(results).toEqual(['RemovalInProgress', 'RemovalInProgress'])
    expect(await showAccounts(person)).toEqual([])
    expect((await eventTypes(person)).at(-1)).toBe('ACCOUNT_REMOVED')
  })

  test('an account that Pipedream refuses to delete can be kept', async () => {
    const { person, accountId } = await nearTheEnd('cleo')
    const refused = new Response('{}', { status: 400 })
    await duringDeletion(async () => {}, refused)
    expect((await person.field(KEEP, { accountId })).__typename).toBe('KeptAccount')
    await live(gateway, 20 * MINUTE_MS)
    expect(await showHold(person, accountId)).toEqual({ heldReason: null, canKeep: false })
  })

  /** A process that ends after it has marked the account for its deletion. */
  async function crashWhileDeleting({ flowId, accountId }: { flowId: string; accountId: string }) {
    gateway.advance(31_000)
    const held = createHeldAccounts(database, now)
    const retryAt = new Date(now().getTime() + MINUTE_MS)
    await held.claimDue({ now: now(), retryAt, limit: 1, flowId })
    return held.startRemoval(accountId, { flowId })
  }

  /** Deletes an account at Pipedream with the gateway's credentials, but not through the gateway. */
  async function deleteUpstream(accountId: string): Promise<void> {
    let credentials = new Headers()
    gateway.intercept(({ headers }) => void (credentials = headers))
    await showAccounts(olga)
    gateway.intercept(() => undefined)
    const url = `http://localhost:4010/v1/connect/proj_emulator/accounts/${accountId}`
    const request = new Request(url, { method: 'DELETE', headers: credentials })
    expect((await gateway.emulator.fetch(request)).status).toBe(204)
  }

  test('a deletion that a crash interrupted is recorded if it had succeeded', async () => {
    const { person, flowId, accountId } = await nearTheEnd('dan')
    expect(await crashWhileDeleting({ flowId, accountId })).toBe(true)
    await deleteUpstream(accountId)
    gateway.advance(5 * MINUTE_MS)
    await live(gateway, 2 * MINUTE_MS)
    expect((await eventTypes(person)).at(-1)).toBe('ACCOUNT_REMOVED')
  })

  test('an account can be kept after a crash and a break that expired the proof', async () => {
    const { person, flowId, accountId } = await nearTheEnd('eve')
    expect(await crashWhileDeleting({ flowId, accountId })).toBe(true)
    expect((await person.field(KEEP, { accountId })).__typename).toBe('RemovalInProgress')
    gateway.advance(5 * MINUTE_MS)
    await live(gateway, 2 * MINUTE_MS)
    expect((await person.field(KEEP, { accountId })).__typename).toBe('KeptAccount')
  })
})
