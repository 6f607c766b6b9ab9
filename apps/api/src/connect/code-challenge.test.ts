import { assert, asyncProperty, nat, oneof, string, tuple } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  act,
  type ChallengeGateway,
  createChallengeGateway,
  createCodePair,
  otherVerifier,
  readFlow,
  resultOf,
} from '../../test/fixtures/challenge-gateway.ts'
import { engines } from '../../test/fixtures/engines.ts'
import {
  eventTypes,
  follow,
  live,
  sendWebhook,
  showHold,
  visit,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const OTHER_BROWSER = { cookies: new Map<string, string>() }
const WAITING = { heldReason: 'NOT_CONFIRMED', canKeep: false }
const USABLE = { heldReason: null, canKeep: false }
const LOCKED = { heldReason: 'FINISHED_ELSEWHERE', canKeep: false }

describe.each(engines)('on $name', (engine) => {
  let gateway: ChallengeGateway
  beforeEach(async () => {
    gateway = await createChallengeGateway(engine)
  })
  afterEach(() => gateway.remove())

  describe('a page of another site', () => {
    test('is refused without a challenge, and the refusal says so', async () => {
      const ada = await gateway.signInOnOtherSite('ada')
      expect(await act(ada, 'create', { app: 'openai' })).toEqual({
        __typename: 'NotAllowed',
        message: expect.stringContaining('codeChallenge'),
      })
    })

    test('confirms its flow with the verifier, without a cookie', async () => {
      const { person: ada, token, flowId, codeVerifier } = await gateway.startOnOtherSite('ada')
      expect(ada.cookies.has('browser')).toBe(false)
      expect(await resultOf(ada, 'open', { flowId })).toBe('OpenedFlow')
      const accountId = await ada.typeKey(token, 'openai')
      expect(await showHold(ada, accountId)).toEqual(WAITING)
      expect(await act(ada, 'confirm', { flowId, accountId, codeVerifier })).toEqual({
        __typename: 'ConfirmedConnection',
        flow: { status: 'SUCCEEDED', accountId },
      })
      expect(await showHold(ada, accountId)).toEqual(USABLE)
    })

    test('loses its flow when a browser without the cookie finishes it', async () => {
      const { person, token, flowId, codeVerifier, url } = await gateway.startOnOtherSite('mallory')
      const accountId = await person.typeKey(token, 'openai')
      expect((await follow(gateway, url, OTHER_BROWSER)).status).toBe(403)
      expect(await readFlow(person, flowId)).toMatchObject({ status: 'FAILED' })
      expect(await showHold(person, accountId)).toEqual(LOCKED)
      const proven = { accountId, codeVerifier }
      expect(await resultOf(person, 'confirm', { flowId, ...proven })).toBe('FlowClosed')
      expect(await resultOf(person, 'keep', proven)).toBe('FinishedElsewhere')
    })

    test('also loses an account that it confirmed or kept before', async () => {
      for (const [how, who] of [
        ['confirm', 'mallory'],
        ['keep', 'mandy'],
      ] as const) {
        const { person, token, flowId, codeVerifier, url } = await gateway.startOnOtherSite(who)
        if (how === 'keep') await act(person, 'cancel', { flowId })
        const accountId = await person.typeKey(token, 'openai')
        const input = { accountId, codeVerifier, ...(how === 'confirm' && { flowId }) }
        await act(person, how, input)
        expect(await showHold(person, accountId)).toEqual(USABLE)
        gateway.advance(1000)
        await follow(gateway, url, OTHER_BROWSER)
        expect(await showHold(person, accountId)).toEqual(LOCKED)
      }
    })
  })

  test('a browser that has the cookie revokes nothing, and one without it does, in spite of the challenge', async () => {
    const ada = await gateway.signIn('ada')
    const { codeChallenge } = createCodePair()
    const own = await gateway.start(ada, { codeChallenge })
    const accountId = await ada.typeKey(own.token, 'openai')
    expect((await visit(gateway, own.url, ada)).status).toBe(303)
    expect(await showHold(ada, accountId)).toEqual(USABLE)
    gateway.advance(1000)
    expect((await follow(gateway, own.url, OTHER_BROWSER)).status).toBe(403)
    expect(await showHold(ada, accountId)).toEqual(LOCKED)
  })

  describe('a service', () => {
    test('has the account held until the user’s device shows the verifier', async () => {
      const { device, token, flowId, codeVerifier, url } = await gateway.startByService('ada')
      const accountId = await device.typeKey(token, 'openai')
      expect((await visit(gateway, url, OTHER_BROWSER)).status).toBe(200)
      expect(await showHold(device, accountId)).toEqual(WAITING)
      expect(await readFlow(device, flowId)).toEqual({ status: 'OPEN', heldAccountId: accountId })
      const right = { flowId, accountId, codeVerifier }
      expect(await resultOf(device, 'confirm', right)).toBe('ConfirmedConnection')
      expect(await showHold(device, accountId)).toEqual(USABLE)
      expect(await eventTypes(device)).toEqual([
        'FLOW_CREATED',
        'ACCOUNT_HELD',
        'FLOW_SUCCEEDED',
        'ACCOUNT_RELEASED',
      ])
    })

    test('confirms with the verifier, and not without', async () => {
      const { service } = gateway
      const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
      const accountId = await device.typeKey(token, 'openai')
      await sendWebhook(gateway)
      const held = { status: 'OPEN', heldAccountId: accountId }
      expect(await readFlow(service, flowId)).toEqual(held)
      expect(await resultOf(service, 'confirm', { flowId, accountId })).toBe('StartedElsewhere')
      const right = { flowId, accountId, codeVerifier }
      expect(await resultOf(service, 'confirm', right)).toBe('ConfirmedConnection')
    })

    test('finds its flow open after arrivals of any browser, which neither confirm nor revoke', async () => {
      const { device, token, flowId, codeVerifier, url } = await gateway.startByService('ada')
      const accountId = await device.typeKey(token, 'openai')
      const origin = { origin: new URL(url).origin }
      for (const method of ['HEAD', 'GET', 'POST']) {
        for (const address of [url, `${url}?failed=1`]) {
          const arrival = new Request(address, { method, headers: origin })
          expect((await gateway.server.fetch(arrival)).status).toBe(200)
        }
      }
      expect((await visit(gateway, url, device)).status).toBe(200)
      expect(await readFlow(device, flowId)).toMatchObject({ status: 'OPEN' })
      expect(await showHold(device, accountId)).toEqual(WAITING)
      const right = { flowId, accountId, codeVerifier }
      expect(await resultOf(device, 'confirm', right)).toBe('ConfirmedConnection')
    })

    test('has nothing held without a challenge', async () => {
      const ada = await gateway.signIn('ada')
      const input = { externalUserId: 'ada' }
      const { token, flowId, url } = await gateway.start(gateway.service, input)
      const accountId = await ada.typeKey(token, 'openai')
      await visit(gateway, url, OTHER_BROWSER)
      expect(await showHold(ada, accountId)).toEqual(USABLE)
      expect(await readFlow(gateway.service, flowId)).toMatchObject({ status: 'SUCCEEDED' })
      expect(await readFlow(ada, flowId)).toBeNull()
    })

    test('and its user get nothing after the flow’s time, but the user may keep the account', async () => {
      const { device, token, flowId, codeVerifier, url } = await gateway.startByService('ada')
      const accountId = await device.typeKey(token, 'openai')
      await live(gateway, 21 * MINUTE_MS)
      expect(await readFlow(gateway.service, flowId)).toMatchObject({ status: 'EXPIRED' })
      expect((await visit(gateway, url, OTHER_BROWSER)).status).toBe(200)
      const ended = { heldReason: 'NOT_FINISHED', canKeep: false }
      expect(await showHold(device, accountId)).toEqual(ended)
      const right = { accountId, codeVerifier }
      expect(await resultOf(device, 'confirm', { flowId, ...right })).toBe('FlowClosed')
      for (const [wrong, refusal] of [
        [undefined, 'StartedElsewhere'],
        [otherVerifier(), 'StartedElsewhere'],
        ['short', 'InvalidInput'],
      ]) {
        expect(await resultOf(device, 'keep', { accountId, codeVerifier: wrong })).toBe(refusal)
      }
      expect(await resultOf(device, 'keep', right)).toBe('KeptAccount')
      expect(await showHold(device, accountId)).toEqual(USABLE)
    })
  })

  test('the REST endpoint refuses a challenge, because its pages cannot confirm', async () => {
    const ada = await gateway.signIn('ada')
    const { codeChallenge } = createCodePair()
    for (const field of ['code_challenge', 'codeChallenge']) {
      const response = await ada.post('/api/connect-token', { [field]: codeChallenge })
      expect(response.status).toBe(400)
    }
  })
})

test('no malformed challenge starts a flow', async () => {
  const gateway = await createChallengeGateway()
  const ada = await gateway.signIn('ada')
  const { codeChallenge } = createCodePair()
  const near = tuple(nat(43), nat(2), string({ maxLength: 2, unit: 'binary' })).map(
    ([at, cut, put]) => codeChallenge.slice(0, at) + put + codeChallenge.slice(at + cut),
  )
  const malformed = oneof(string({ maxLength: 200, unit: 'binary' }), near).filter(
    (text) => !isChallenge(text),
  )
  const almost = [`${codeChallenge}=`, `${codeChallenge.slice(0, 42)}B`]
  const examples = ['', ' '.repeat(43), 'a'.repeat(64), ...almost].map((text): [string] => [text])
  await assert(
    asyncProperty(malformed, async (text) => {
      const refused = await act(ada, 'create', { app: 'openai', codeChallenge: text })
      expect(refused).toMatchObject({ __typename: 'InvalidInput', field: 'codeChallenge' })
    }),
    { numRuns: 60, examples },
  )
  expect(ada.cookies.has('browser')).toBe(false)
})

// The 32 bytes of a hash, written in the only canonical way.
function isChallenge(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === 32 && bytes.toString('base64url') === text
}
