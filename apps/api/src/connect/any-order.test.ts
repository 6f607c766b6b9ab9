import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check'
import type { Emulator } from 'pipedream-emulator'
import { expect, test } from 'vitest'
import { shareOfRuns } from '../../../../scripts/test-options.ts'
import { acts, orBusy, pass, prepare, type Scene } from '../../test/fixtures/acts-of-mallory.ts'
import type { Person } from '../../test/fixtures/create-person.ts'
import type { RestorableGateway } from '../../test/fixtures/two-gateways.ts'

const MINUTE_MS = 60_000
// Thousands find more: `ANY_ORDER_RUNS=5000 npx -y pnpm@10 --filter api test src/connect/any-order.test.ts`.
const RUNS = Number(process.env.ANY_ORDER_RUNS ?? shareOfRuns(60))

interface Shown {
  id: string
  held: boolean
  createdAt: string
}

interface Known {
  accountId: string | null
  createdAt: string
  expiresAt: string
  closedAt: string | null
  revokedAt: string | null
}

async function readAccounts(person: Person | undefined): Promise<Shown[]> {
  const data = await person?.query(
    '{ viewer { accounts { ... on AccountConnection { nodes { id held createdAt } } } } }',
  )
  return (data as { viewer: { accounts: { nodes: Shown[] } } }).viewer.accounts.nodes
}

async function readKnown(place: RestorableGateway) {
  const olga = await place.enter('olga', 'operator')
  const { flows } = await olga.field(
    '{ operator { __typename ... on Operator { flows(externalUserId: "mallory", first: 100) { ... on OperatorFlowConnection { nodes { accountId createdAt expiresAt closedAt revokedAt } } } } } }',
  )
  const { events } = await olga.field(
    '{ operator { __typename ... on Operator { events(search: "mallory", types: [ACCOUNT_RELEASED], first: 100) { ... on OperatorEventConnection { nodes { accountId reason at } } } } } }',
  )
  return {
    flows: (flows as { nodes: Known[] }).nodes,
    kept: (events as { nodes: { accountId: string; reason: string | null; at: string }[] }).nodes,
  }
}

const during = (flow: Known, createdAt: string) =>
  Date.parse(createdAt) >= Date.parse(flow.createdAt) &&
  Date.parse(createdAt) < Date.parse(flow.expiresAt) + 5 * MINUTE_MS - 2000

/**
 * Lists usable accounts that must not be: those of a flow's time that the gateway's own records do not call confirmed or kept,
 * and those of a revoked flow's time, unless they were confirmed before it or kept after it.
 */
async function listWronglyUsable({ first, mallory }: Scene): Promise<Shown[]> {
  const accounts = await readAccounts(mallory.get(first))
  const { flows, kept } = await readKnown(first)
  return accounts.filter(({ id, held, createdAt }) => {
    const around = flows.filter((flow) => during(flow, createdAt))
    if (held || around.length === 0) return false
    const confirmedAt = flows.find(({ accountId }) => accountId === id)?.closedAt ?? null
    const keptAt = kept.find((event) => event.accountId === id && event.reason === 'kept')?.at
    if (confirmedAt === null && keptAt === undefined) return true
    return around.some(({ revokedAt, createdAt: startedAt }) => {
      if (revokedAt === null) return false
      const wasBefore = confirmedAt !== null && confirmedAt < startedAt
      return !wasBefore && (keptAt ?? '') <= revokedAt
    })
  })
}

/** Lists accounts that were deleted without a proof, or that nothing may delete. */
async function listWronglyDeleted({ emulator, own, untouchable, proven }: Scene) {
  const left = await listUpstream(emulator)
  const deleted = [...untouchable, ...own].filter((id) => !left.has(id))
  return deleted.filter((id) => untouchable.has(id) || !proven.has(id))
}

async function listUpstream(emulator: Emulator): Promise<Set<string>> {
  const { clientId, clientSecret, projectId } = emulator.credentials
  const send = (path: string, init: RequestInit) =>
    emulator.fetch(new Request(`http://localhost:4010/v1${path}`, init))
  const headers = { 'content-type': 'application/json', 'x-pd-environment': 'development' }
  const body = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  }
  const granted = await send('/oauth/token', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const { access_token: bearer } = await granted.json()
  const listed = await send(`/connect/${projectId}/accounts?limit=100`, {
    headers: { ...headers, authorization: `Bearer ${bearer}` },
  })
  const { data } = await listed.json()
  return new Set(data.map(({ id }: { id: string }) => id))
}

const anyAct = record({
  name: constantFrom(...Object.keys(acts)),
  one: nat(20),
  other: nat(20),
})

test(
  'whatever a user does, in any order, deletes no account of another user and none that was made elsewhere, and makes no unconfirmed account usable',
  { timeout: 60_000 + RUNS * 10_000 },
  async () => {
    await assert(
      asyncProperty(array(anyAct, { maxLength: 25, size: 'max' }), async (steps) => {
        const scene = await prepare()
        try {
          for (const { name, one, other } of steps) {
            await orBusy(() => acts[name]?.(scene, one, other))
          }
          expect(await listWronglyUsable(scene)).toEqual([])
          await pass(scene, 25 * MINUTE_MS)
          expect(await listWronglyUsable(scene)).toEqual([])
          expect(await listWronglyDeleted(scene)).toEqual([])
        } finally {
          await Promise.all([scene.first.stop(), scene.second.stop()])
        }
      }),
      { numRuns: RUNS },
    )
  },
)
