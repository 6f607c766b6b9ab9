import { describe, expect, test } from 'vitest'
import { openRateLimits } from '../http/rate-limits.ts'
import { createIssuer } from '../../test/fixtures/create-issuer.ts'
import { testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { createVerifyJwt } from '../auth/verify-jwt.ts'
import {
  createTimedWorld,
  eventTypes,
  finishUrlOf,
  flowStatus,
  sendWebhook,
  showAccounts,
  visit,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const NOBODY = { cookies: new Map<string, string>() }
const RECONNECT =
  'mutation ($accountId: ID) { createConnectToken(input: { accountId: $accountId }) { ... on ConnectToken { token } } }'

/** A person who has started to connect in their browser, and the address that the hosted page will lead to. */
async function startFlow(who: string, app = 'openai') {
  const gateway = await createTimedWorld()
  const person = await gateway.signIn(who)
  const { token, flowId } = await person.startConnecting(app)
  return { gateway, person, token, flowId, url: await finishUrlOf(gateway, token) }
}

/** The same of a person who reconnects an account that they connected half an hour before. */
async function startReconnecting(who: string) {
  const gateway = await createTimedWorld()
  const person = await gateway.signIn(who)
  const accountId = await person.connectOpenai()
  gateway.advance(30 * MINUTE_MS)
  const token = String((await person.field(RECONNECT, { accountId }))['token'])
  return { gateway, person, token, accountId, url: await finishUrlOf(gateway, token) }
}

test('the browser that started the flow confirms by coming back from the hosted page', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  const accountId = await ada.typeKey(token, 'openai')
  const response = await visit(gateway, url, ada)
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/accounts')
  expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('a browser without the flow’s cookie burns the flow, and what it made is deleted', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  const response = await visit(gateway, url, NOBODY)
  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([])
  expect((await mallory.confirm(flowId, accountId)).__typename).not.toBe('ConfirmedConnection')
  expect(await eventTypes(mallory)).toEqual([
    'FLOW_CREATED',
    'FLOW_REVOKED',
    'ACCOUNT_HELD',
    'ACCOUNT_REMOVED',
    'CONFIRMATION_REFUSED',
  ])
})

test('another signed-in person’s browser burns it too', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const victim = await gateway.signIn('victim')
  await victim.startConnecting('openai')
  await mallory.typeKey(token, 'openai')
  expect((await visit(gateway, url, victim)).status).toBe(403)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([])
})

describe('a browser in which somebody else has signed in since:', () => {
  test.each(['after a sign-out', 'without a sign-out', 'with the cookie planted again'])(
    '%s it burns the flow',
    async (how) => {
      const { gateway, person, token, flowId, url } = await startFlow('mallory')
      const planted = person.cookies.get('browser') ?? ''
      await person.typeKey(token, 'openai')
      if (how === 'after a sign-out') await person.post('/auth/sign-out', {})
      await person.post('/auth/demo', { externalUserId: 'victim' })
      if (how === 'with the cookie planted again') person.cookies.set('browser', planted)
      expect((await visit(gateway, url, person)).status).toBe(403)
      const mallory = await gateway.signIn('mallory')
      expect(await flowStatus(mallory, flowId)).toBe('FAILED')
      expect(await showAccounts(mallory)).toEqual([])
    },
  )

  test('a JWT’s person who has begun to connect there burns it', async () => {
    const issuer = await createIssuer()
    const verifyJwt = createVerifyJwt(issuer.auth, { fetch: issuer.fetch })
    const gateway = await createTimedWorld({ verifyJwt })
    const person = gateway.browser()
    const arrive = async (sub: string) =>
      void (person.headers.authorization = `Bearer ${await issuer.sign({ sub })}`)
    await arrive('mallory')
    const { token, flowId } = await person.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await person.typeKey(token, 'openai')
    await arrive('victim')
    await person.startConnecting('openai')
    expect((await visit(gateway, url, person)).status).toBe(403)
    await arrive('mallory')
    expect(await flowStatus(person, flowId)).toBe('FAILED')
    expect(await showAccounts(person)).toEqual([])
  })

  test('the same person may sign in again before coming back', async () => {
    const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
    await ada.typeKey(token, 'openai')
    await ada.post('/auth/demo', { externalUserId: 'ada' })
    expect((await visit(gateway, url, ada)).status).toBe(303)
    expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
  })
})

test('an address that is over its limit burns it all the same', async () => {
  const settings = { person: undefined, service: undefined, connectToken: undefined }
  const rates = await openRateLimits({ ...settings, address: 20 }, ':memory:')
  const gateway = await createTimedWorld({ limits: { ...testLimits, rates } })
  const mallory = await gateway.signIn('mallory')
  const { token, flowId } = await mallory.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  await mallory.typeKey(token, 'openai')
  const victim = { remoteAddress: '203.0.113.9' }
  const signOut = () =>
    gateway.server.fetch(new Request(new URL('/auth/sign-out', url), { method: 'POST' }), victim)
  const answers = await Promise.all(Array.from({ length: 21 }, signOut))
  expect(answers.at(-1)?.status).toBe(429)
  expect((await gateway.server.fetch(new Request(url), victim)).status).toBe(403)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([])
})

test('an attacker who confirms before the victim comes back loses the account all the same', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  expect((await mallory.confirm(flowId, accountId)).__typename).toBe('ConfirmedConnection')
  await visit(gateway, url, NOBODY)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([])
})

test.each(['before', 'after'])(
  'nor does a second flow of the attacker’s help, confirmed %s the victim comes back',
  async (when) => {
    const { gateway, person: mallory, url, ...bait } = await startFlow('mallory')
    const other = await mallory.startConnecting('openai')
    const accountId = await mallory.typeKey(bait.token, 'openai')
    if (when === 'before') await mallory.confirm(other.flowId, accountId)
    await visit(gateway, url, NOBODY)
    const late = when === 'after' ? await mallory.confirm(other.flowId, accountId) : undefined
    expect(late?.__typename).not.toBe('ConfirmedConnection')
    expect(await showAccounts(mallory)).toEqual([])
  },
)

test('nor does closing the flow before the victim comes back', async () => {
  const { gateway, person: mallory, url, ...bait } = await startFlow('mallory')
  await mallory.field(
    'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }',
    { flowId: bait.flowId },
  )
  const accountId = await mallory.typeKey(bait.token, 'openai')
  const other = await mallory.startConnecting('openai')
  await visit(gateway, url, NOBODY)
  expect((await mallory.confirm(other.flowId, accountId)).__typename).not.toBe(
    'ConfirmedConnection',
  )
  expect(await showAccounts(mallory)).toEqual([])
})

test('a reconnect that somebody else finished takes the account along', async () => {
  const { gateway, person: mallory, accountId, url } = await startReconnecting('mallory')
  const failed = await visit(gateway, `${url}?failed=1`, NOBODY)
  expect(failed.status).toBe(403)
  // Nothing was put into the account, so it stays.
  expect(await showAccounts(mallory)).toEqual([{ id: accountId, held: false }])
  gateway.emulator.accounts.update(accountId, { healthy: true })
  await visit(gateway, url, NOBODY)
  expect(await showAccounts(mallory)).toEqual([])
})

// The hosted page takes app and account from its address, which whoever sends the link can write.
describe('a link that was rewritten helps nobody:', () => {
  test('to another app', async () => {
    const { gateway, person: mallory, token, url } = await startFlow('mallory', 'slack')
    await mallory.typeKey(token, 'openai')
    await visit(gateway, url, NOBODY)
    expect(await showAccounts(mallory)).toEqual([])
  })

  test.each(['before', 'after'])(
    'to another app, and confirmed as its own flow’s %s the victim comes back',
    async (when) => {
      const { gateway, person: mallory, url, ...bait } = await startFlow('mallory', 'slack')
      const other = await mallory.startConnecting('openai')
      const accountId = await mallory.typeKey(bait.token, 'openai')
      if (when === 'before') await mallory.confirm(other.flowId, accountId)
      await visit(gateway, url, NOBODY)
      const late = when === 'after' ? await mallory.confirm(other.flowId, accountId) : undefined
      expect(late?.__typename).not.toBe('ConfirmedConnection')
      expect(await showAccounts(mallory)).toEqual([])
    },
  )

  test('from a reconnect to a new account', async () => {
    const { gateway, person: mallory, ...own } = await startReconnecting('mallory')
    await mallory.typeKey(own.token, 'openai')
    await visit(gateway, own.url, NOBODY)
    expect(await showAccounts(mallory)).toEqual([{ id: own.accountId, held: false }])
  })

  test('from a new account to one that the attacker has', async () => {
    const gateway = await createTimedWorld()
    const mallory = await gateway.signIn('mallory')
    const own = await mallory.connectOpenai()
    gateway.advance(MINUTE_MS)
    const { token } = await mallory.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await mallory.typeKey(token, 'openai', own)
    await visit(gateway, url, NOBODY)
    expect(await showAccounts(mallory)).toEqual([])
  })
})

test('what a flow did before it is none of a burned one’s doing', async () => {
  const gateway = await createTimedWorld()
  const ada = await gateway.signIn('ada')
  const accountId = await ada.connectOpenai()
  gateway.advance(1)
  const { token } = await ada.startConnecting('openai')
  await visit(gateway, await finishUrlOf(gateway, token), NOBODY)
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('a burned flow’s token may still make something; it is removed', async () => {
  const { gateway, person: mallory, token, url } = await startFlow('mallory')
  await visit(gateway, url, NOBODY)
  await mallory.typeKey(token, 'openai')
  gateway.advance(30 * MINUTE_MS)
  await gateway.server.reconcile()
  expect(await showAccounts(mallory)).toEqual([])
})

test('when Pipedream cannot be asked, a burned flow stays burned and is seen to later', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  gateway.intercept((request) =>
    request.method === 'DELETE' ? new Response('{}', { status: 400 }) : undefined,
  )
  await visit(gateway, url, NOBODY)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([{ id: accountId, held: true }])
  gateway.intercept(() => undefined)
  gateway.advance(2 * MINUTE_MS)
  await gateway.server.reconcile()
  expect(await showAccounts(mallory)).toEqual([])
})

test('a failure at the provider fails the flow, with the cookie, when nothing was made', async () => {
  const { gateway, person: ada, flowId, url } = await startFlow('ada')
  expect((await visit(gateway, `${url}?failed=1`, ada)).status).toBe(303)
  expect(await flowStatus(ada, flowId)).toBe('FAILED')
})

test('a failure that is none, because an account turned up, closes the flow with it', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  await ada.typeKey(token, 'openai')
  await visit(gateway, `${url}?failed=1`, ada)
  expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
})

test('an unknown address, and one whose time is long up, change nothing', async () => {
  const { gateway, person: ada, token, url } = await startFlow('ada')
  expect((await visit(gateway, `${url.slice(0, -3)}abc`, NOBODY)).status).toBe(404)
  const accountId = await ada.typeKey(token, 'openai')
  await visit(gateway, url, ada)
  gateway.advance(30 * MINUTE_MS)
  await visit(gateway, url, NOBODY)
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('neither the secret nor the token is in a log line', async () => {
  const { gateway, person: mallory, token, url } = await startFlow('mallory')
  await mallory.typeKey(token, 'openai')
  gateway.intercept((request) =>
    request.method === 'GET' ? new Response('{}', { status: 500 }) : undefined,
  )
  await sendWebhook(gateway)
  await visit(gateway, url, NOBODY)
  const lines = JSON.stringify(gateway.logged)
  expect(gateway.logged.length).toBeGreaterThan(0)
  expect(lines).not.toContain(url.split('/').at(-1))
  expect(lines).not.toContain(token)
})
