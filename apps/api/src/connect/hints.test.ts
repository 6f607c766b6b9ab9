import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  nat,
  shuffledSubarray,
  tuple,
} from 'fast-check'
import { expect, test } from 'vitest'
import { shareOfRuns } from '../../../../scripts/test-options.ts'
import type { Person } from '../../test/fixtures/create-person.ts'
import {
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  flowStatus,
  follow,
  live,
  sendWebhook,
  showAccounts,
  type TimedGateway,
  visit,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const RUNS = { numRuns: shareOfRuns(40) }

interface Scene {
  gateway: TimedGateway
  ada: Person
  flowId: string
  accountId: string
  finishUrl: string
  webhook: { url: string; body: string }
}

async function play(): Promise<Scene> {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token, flowId } = await ada.startConnecting('openai')
  const finishUrl = await finishUrlOf(gateway, token)
  const accountId = await ada.typeKey(token, 'openai')
  const { url = '', body = '' } = gateway.emulator.deliveries.at(-1) ?? {}
  return { gateway, ada, flowId, accountId, finishUrl, webhook: { url, body } }
}

type Hint = (scene: Scene) => Promise<unknown>

const webhook =
  (change: (body: string, scene: Scene) => string = (body) => body): Hint =>
  (scene) =>
    sendWebhook(scene.gateway, {
      url: scene.webhook.url,
      body: change(scene.webhook.body, scene),
    })

// Requests that anyone who knows the URL can send, true or not. Only the webhook itself, with the flow's token, proves what
// the flow created.
const hints: Record<string, Hint> = {
  webhook: webhook(),
  'webhook of no account': webhook((body, { accountId }) =>
    body.replaceAll(accountId, 'apn_Forged'),
  ),
  'webhook of an error': webhook((body) =>
    JSON.stringify({ ...JSON.parse(body), event: 'CONNECTION_ERROR', error: 'denied' }),
  ),
  'malformed webhook': webhook(() => '{"event":"nonsense"}'),
  'webhook with another token': webhook((body) =>
    body.replace(/ctok_\w+/, `ctok_${'0'.repeat(32)}`),
  ),
  'a list read': ({ ada }) => showAccounts(ada),
  'a reconciler run': ({ gateway }) => gateway.server.reconcile(),
  'a confirmation by another user': async ({ gateway, flowId, accountId }) =>
    (await gateway.signIn('mallory')).confirm(flowId, accountId),
  'a confirmation in another browser': async ({ gateway, flowId, accountId }) =>
    (await gateway.signIn('ada')).confirm(flowId, accountId),
}

// Requests that only the browser that started the flow can send.
const proofs: Record<string, Hint> = {
  'a confirmation by the page': ({ ada, flowId, accountId }) => ada.confirm(flowId, accountId),
  'a return of the browser': ({ gateway, ada, finishUrl }) => visit(gateway, finishUrl, ada),
}

const anyHints = array(constantFrom(...Object.keys(hints)), { maxLength: 7 })
const anyProofs = array(constantFrom(...Object.keys(proofs)), { minLength: 1, maxLength: 3 })
const anyConcurrency = boolean()

async function give(scene: Scene, names: readonly string[], isConcurrent: boolean): Promise<void> {
  const all = { ...hints, ...proofs }
  const run = async (name: string) => all[name]?.(scene)
  if (isConcurrent) await Promise.all(names.map(run))
  else for (const name of names) await run(name)
}

function count(types: readonly string[], type: string): number {
  return types.filter((one) => one === type).length
}

test('with a confirmation, any hints in any order connect the account exactly once', async () => {
  const order = tuple(anyHints, anyProofs).chain(([some, others]) =>
    shuffledSubarray([...some, ...others], { minLength: some.length + others.length }),
  )
  await assert(
    asyncProperty(order, anyConcurrency, async (names, isConcurrent) => {
      const scene = await play()
      const { gateway, ada, flowId, accountId } = scene
      await give(scene, names, isConcurrent)
      gateway.advance(30 * MINUTE_MS)
      await gateway.server.reconcile()
      await give(scene, ['webhook', 'webhook of no account'], false)
      expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
      expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
      const types = await eventTypes(ada)
      expect(count(types, 'FLOW_CREATED')).toBe(1)
      expect(count(types, 'FLOW_SUCCEEDED')).toBe(1)
      expect(count(types, 'ACCOUNT_HELD')).toBeLessThanOrEqual(1)
      expect(count(types, 'ACCOUNT_RELEASED')).toBe(count(types, 'ACCOUNT_HELD'))
      expect(count(types, 'ACCOUNT_REMOVED')).toBe(0)
      expect(count(types, 'FLOW_EXPIRED') + count(types, 'FLOW_FAILED')).toBe(0)
      await gateway.server.close()
    }),
    RUNS,
  )
})

test('without a confirmation, any hints lead to a removal if one of them is a proof, and else to a held account', async () => {
  await assert(
    asyncProperty(anyHints, anyConcurrency, async (names, isConcurrent) => {
      const scene = await play()
      const { gateway, ada, flowId, accountId } = scene
      await give(scene, names, isConcurrent)
      await live(gateway, 21 * MINUTE_MS)
      await give(scene, names, isConcurrent)
      await live(gateway, MINUTE_MS)
      expect(await flowStatus(ada, flowId)).toBe('EXPIRED')
      const isProven = names.includes('webhook')
      expect(await showAccounts(ada)).toEqual(isProven ? [] : [{ id: accountId, held: true }])
      const types = (await eventTypes(ada)).filter((type) => type !== 'CONFIRMATION_REFUSED')
      expect(types.toSorted()).toEqual(
        [
          'FLOW_CREATED',
          'ACCOUNT_HELD',
          'FLOW_EXPIRED',
          ...(isProven ? ['ACCOUNT_REMOVED'] : []),
        ].toSorted(),
      )
      await gateway.server.close()
    }),
    RUNS,
  )
})

test('after a stranger has finished the flow, no hints or proofs make the account usable', async () => {
  await assert(
    asyncProperty(
      array(constantFrom(...Object.keys({ ...hints, ...proofs })), { maxLength: 6 }),
      nat(6),
      async (names, when) => {
        const scene = await play()
        const { gateway, ada, flowId, accountId, finishUrl } = scene
        await give(scene, names.slice(0, when), false)
        await follow(gateway, finishUrl, { cookies: new Map() })
        await give(scene, names.slice(when), true)
        await live(gateway, 21 * MINUTE_MS)
        expect(await flowStatus(ada, flowId)).toBe('FAILED')
        const isProven = names.includes('webhook')
        expect(await showAccounts(ada)).toEqual(isProven ? [] : [{ id: accountId, held: true }])
        const types = await eventTypes(ada)
        expect(count(types, 'FLOW_REVOKED')).toBe(1)
        expect(count(types, 'ACCOUNT_REMOVED')).toBe(isProven ? 1 : 0)
        await gateway.server.close()
      },
    ),
    RUNS,
  )
})
