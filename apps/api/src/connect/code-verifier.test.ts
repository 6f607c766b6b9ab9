import { assert, asyncProperty, nat, pre, string, stringMatching, tuple } from 'fast-check'
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
import { sendWebhook, showHold, visit } from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const OTHER_BROWSER = { cookies: new Map<string, string>() }
const WAITING = { heldReason: 'NOT_CONFIRMED', canKeep: false }
const USABLE = { heldReason: null, canKeep: false }
const PREPARE =
  'mutation { prepareConnectToken(input: { app: "openai" }) { __typename ... on Error { message } } }'

describe.each(engines)('on $name', (engine) => {
  let gateway: ChallengeGateway
  beforeEach(async () => {
    gateway = await createChallengeGateway(engine)
  })
  afterEach(() => gateway.remove())

  test('a wrong, a missing, a malformed and another flow’s verifier confirm nothing', async () => {
    const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
    const other = await gateway.startByService('ada')
    const accountId = await device.typeKey(token, 'openai')
    const refused = [
      [otherVerifier(), 'StartedElsewhere'],
      [other.codeVerifier, 'StartedElsewhere'],
      [`${codeVerifier}a`, 'StartedElsewhere'],
      [createCodePair(codeVerifier).codeChallenge, 'StartedElsewhere'],
      [null, 'StartedElsewhere'],
      [undefined, 'StartedElsewhere'],
      ['', 'InvalidInput'],
      [codeVerifier.slice(1), 'InvalidInput'],
      [`${codeVerifier} `, 'InvalidInput'],
    ] as const
    for (const [wrong, refusal] of refused) {
      const input = { flowId, accountId, codeVerifier: wrong }
      expect(await resultOf(device, 'confirm', input)).toBe(refusal)
      expect(await resultOf(gateway.service, 'confirm', input)).toBe(refusal)
    }
    expect(await showHold(device, accountId)).toEqual(WAITING)
    expect(await readFlow(device, flowId)).toMatchObject({ status: 'OPEN' })
  })

  test('the right one helps no one but the flow’s user and, if a service started the flow, services', async () => {
    const mallory = await gateway.signIn('mallory')
    const olga = await gateway.signIn('olga', 'operator')
    const ofService = await gateway.startByService('ada')
    const ofUser = await gateway.startOnOtherSite('bea')
    for (const [owner, { token, flowId, codeVerifier }] of [
      [ofService.device, ofService],
      [ofUser.person, ofUser],
    ] as const) {
      const accountId = await mallory.typeKey(token, 'openai')
      for (const other of [mallory, olga]) {
        const proven = { flowId, codeVerifier }
        expect(await resultOf(other, 'confirm', { ...proven, accountId })).toBe('FlowNotFound')
        expect(await resultOf(other, 'cancel', proven)).toBe('FlowNotFound')
        expect(await resultOf(other, 'open', { flowId })).toBe('FlowNotFound')
        expect(await resultOf(other, 'keep', { accountId, codeVerifier })).toBe('AccountNotFound')
        expect(await readFlow(other, flowId)).toBeNull()
      }
      expect(await showHold(owner, accountId)).toEqual(WAITING)
    }
    const { flowId, codeVerifier } = ofUser
    expect(await resultOf(gateway.service, 'cancel', { flowId, codeVerifier })).toBe('FlowNotFound')
    expect(await readFlow(gateway.service, flowId)).toBeNull()
  })

  test('the right one confirms the same account again, and no other', async () => {
    const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
    const accountId = await device.typeKey(token, 'openai')
    const right = { flowId, accountId, codeVerifier }
    expect(await resultOf(device, 'confirm', right)).toBe('ConfirmedConnection')
    expect(await resultOf(device, 'confirm', right)).toBe('ConfirmedConnection')
    expect(await resultOf(device, 'confirm', { ...right, accountId: 'apn_other' })).toBe(
      'FlowClosed',
    )
    const wrong = { ...right, codeVerifier: otherVerifier() }
    expect(await resultOf(device, 'confirm', wrong)).toBe('StartedElsewhere')
  })

  test.each(['cookie', 'verifier'])(
    'of a flow with both, the %s confirms; a wrong verifier does not, even with the cookie',
    async (proof) => {
      const ada = await gateway.signIn('ada')
      const elsewhere = await gateway.signIn('ada')
      const { codeVerifier, codeChallenge } = createCodePair()
      const { token, flowId } = await gateway.start(ada, { codeChallenge })
      const accountId = await ada.typeKey(token, 'openai')
      const input = { flowId, accountId }
      const wrong = { ...input, codeVerifier: otherVerifier() }
      expect(await resultOf(ada, 'confirm', wrong)).toBe('StartedElsewhere')
      expect(await resultOf(elsewhere, 'confirm', input)).toBe('StartedElsewhere')
      const [caller, right] =
        proof === 'cookie' ? [ada, input] : [elsewhere, { ...input, codeVerifier }]
      expect(await resultOf(caller, 'confirm', right)).toBe('ConfirmedConnection')
    },
  )

  test('a verifier for a flow without a challenge is refused', async () => {
    const codeVerifier = otherVerifier()
    const ada = await gateway.signIn('ada')
    const own = await ada.startConnecting('openai')
    const unbound = await gateway.start(gateway.service, { externalUserId: 'bea' })
    for (const [caller, { flowId, token }] of [
      [ada, own],
      [gateway.service, unbound],
    ] as const) {
      const accountId = await ada.typeKey(token, 'openai')
      const input = { flowId, accountId, codeVerifier }
      expect(await resultOf(caller, 'confirm', input)).toBe('StartedElsewhere')
    }
  })

  test('the challenge of the click binds a flow whose token was prepared', async () => {
    const ada = await gateway.signIn('ada')
    expect((await ada.field(PREPARE)).__typename).toBe('PreparedConnectToken')
    let minted = 0
    gateway.intercept(({ url }) => void (minted += url.endsWith('/tokens') ? 1 : 0))
    const { codeVerifier, codeChallenge } = createCodePair()
    const { token, flowId } = await gateway.start(ada, { codeChallenge })
    expect(minted).toBe(0)
    const accountId = await ada.typeKey(token, 'openai')
    const elsewhere = await gateway.signIn('ada')
    const right = { flowId, accountId, codeVerifier }
    expect(await resultOf(elsewhere, 'confirm', right)).toBe('ConfirmedConnection')
  })

  test('a reconnection needs its own verifier, too', async () => {
    const ada = await gateway.signIn('ada')
    const accountId = await ada.connectOpenai()
    gateway.advance(30 * MINUTE_MS)
    const { codeVerifier, codeChallenge } = createCodePair()
    const input = { externalUserId: 'ada', accountId, codeChallenge }
    const { flowId } = await gateway.start(gateway.service, input)
    for (const wrong of [undefined, otherVerifier()]) {
      const asked = { flowId, accountId, codeVerifier: wrong }
      expect(await resultOf(ada, 'confirm', asked)).toBe('StartedElsewhere')
    }
    const right = { flowId, accountId, codeVerifier }
    expect(await resultOf(ada, 'confirm', right)).toBe('ConfirmedConnection')
  })

  test.each(['user', 'service'])(
    'a %s that cancels without the verifier closes the flow, and confirms nothing',
    async (who) => {
      const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
      const accountId = await device.typeKey(token, 'openai')
      await sendWebhook(gateway)
      const caller = who === 'user' ? device : gateway.service
      const wrong = { flowId, codeVerifier: otherVerifier() }
      expect(await resultOf(caller, 'cancel', wrong)).toBe('StartedElsewhere')
      expect(await resultOf(caller, 'cancel', { flowId, codeVerifier: '' })).toBe('InvalidInput')
      expect(await readFlow(device, flowId)).toMatchObject({ status: 'OPEN' })
      expect(await act(caller, 'cancel', { flowId })).toMatchObject({
        flow: { status: 'CANCELLED' },
      })
      expect(await showHold(device, accountId)).toMatchObject({ heldReason: 'NOT_FINISHED' })
      const late = { flowId, accountId, codeVerifier }
      expect(await resultOf(device, 'confirm', late)).toBe('FlowClosed')
    },
  )

  test('a cancellation with the verifier succeeds with the account that the flow created', async () => {
    const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
    const accountId = await device.typeKey(token, 'openai')
    expect(await act(device, 'cancel', { flowId, codeVerifier })).toMatchObject({
      flow: { status: 'SUCCEEDED' },
    })
    expect(await showHold(device, accountId)).toEqual(USABLE)
  })

  test('of concurrent confirmations, those with the verifier succeed', async () => {
    const { device, token, flowId, codeVerifier } = await gateway.startByService('ada')
    const accountId = await device.typeKey(token, 'openai')
    const verifiers = Array.from({ length: 4 }, () => [codeVerifier, otherVerifier(), null]).flat()
    const results = await Promise.all(
      verifiers.map((verifier) =>
        resultOf(device, 'confirm', { flowId, accountId, codeVerifier: verifier }),
      ),
    )
    expect(results).toEqual(
      verifiers.map((verifier) =>
        verifier === codeVerifier ? 'ConfirmedConnection' : 'StartedElsewhere',
      ),
    )
    expect(await showHold(device, accountId)).toEqual(USABLE)
  })

  test('a confirmation, a cancellation without the verifier and arrivals, concurrently: one of them wins', async () => {
    const { device, token, flowId, codeVerifier, url } = await gateway.startByService('ada')
    const accountId = await device.typeKey(token, 'openai')
    const [confirmed] = await Promise.all([
      resultOf(device, 'confirm', { flowId, accountId, codeVerifier }),
      act(gateway.service, 'cancel', { flowId }),
      visit(gateway, url, OTHER_BROWSER),
      visit(gateway, `${url}?failed=1`, OTHER_BROWSER),
    ])
    const [status, heldReason] =
      confirmed === 'ConfirmedConnection' ? ['SUCCEEDED', null] : ['CANCELLED', 'NOT_FINISHED']
    expect(await readFlow(device, flowId)).toMatchObject({ status })
    expect(await showHold(device, accountId)).toMatchObject({ heldReason })
  })
})

test('every verifier of RFC 7636 proves its own flow, and nothing near it does', async () => {
  const { service, start } = await createChallengeGateway()
  const verifier = stringMatching(/^[\w.~-]{43,128}$/)
  const change = tuple(nat(127), nat(2), string({ maxLength: 3, unit: 'binary' }))
  await assert(
    asyncProperty(verifier, change, async (codeVerifier, [at, cut, put]) => {
      const { codeChallenge } = createCodePair(codeVerifier)
      const { flowId } = await start(service, { externalUserId: 'ada', codeChallenge })
      // The account does not exist, so the verifier alone decides which refusal comes.
      const asked = { flowId, accountId: 'apn_none' }
      const right = { ...asked, codeVerifier }
      expect(await resultOf(service, 'confirm', right)).toBe('AccountNotFound')
      const wrong = codeVerifier.slice(0, at) + put + codeVerifier.slice(at + cut)
      pre(wrong !== codeVerifier)
      const refused = await resultOf(service, 'confirm', { ...asked, codeVerifier: wrong })
      expect(['StartedElsewhere', 'InvalidInput']).toContain(refused)
    }),
    { numRuns: 40 },
  )
})
