import { createHash } from 'node:crypto'
import { parseSetCookie } from 'cookie'
import { describe, expect, test } from 'vitest'
import { openRateLimits } from '../http/rate-limits.ts'
import { createIssuer } from '../../test/fixtures/create-issuer.ts'
import { testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { createVerifyJwt } from '../auth/verify-jwt.ts'
import {
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  flowStatus,
  follow,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  submit,
  visit,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const OTHER_BROWSER = { cookies: new Map<string, string>() }
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' }
const LOCKED = { heldReason: 'FINISHED_ELSEWHERE', canKeep: false }
const USABLE = { heldReason: null, canKeep: false }
const FLOW_OF =
  'query ($search: String) { operator { __typename ... on Operator { flows(search: $search) { ... on OperatorFlowConnection { nodes { status } } } } } }'
const RECONNECT =
  'mutation ($accountId: ID) { createConnectToken(input: { accountId: $accountId }) { ... on ConnectToken { token } } }'

/** A user who has started to connect in their browser, and the URL that the hosted page will redirect to. */
async function startFlow(who: string, app = 'openai') {
  const gateway = await createTimedGateway()
  const person = await gateway.signIn(who)
  const { token, flowId } = await person.startConnecting(app)
  return { gateway, person, token, flowId, url: await finishUrlOf(gateway, token) }
}

/** The same for a user who reconnects an account that they connected half an hour earlier. */
async function startReconnecting(who: string) {
  const gateway = await createTimedGateway()
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

test('a browser without the flow’s cookie revokes the flow, and its account stays held', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  const response = await follow(gateway, url, OTHER_BROWSER)
  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  await live(gateway, 25 * MINUTE_MS)
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
  expect((await mallory.confirm(flowId, accountId)).__typename).not.toBe('ConfirmedConnection')
  expect(await eventTypes(mallory)).toEqual([
    'FLOW_CREATED',
    'FLOW_REVOKED',
    'ACCOUNT_HELD',
    'CONFIRMATION_REFUSED',
  ])
})

test.each(['before', 'after'])(
  'an account that a webhook reported %s the flow was revoked is deleted',
  async (when) => {
    const { gateway, person: mallory, token, url } = await startFlow('mallory')
    await mallory.typeKey(token, 'openai')
    if (when === 'before') await sendWebhook(gateway)
    await follow(gateway, url, OTHER_BROWSER)
    if (when === 'after') await sendWebhook(gateway)
    await gateway.server.reconcile()
    expect(await showAccounts(mallory)).toEqual([])
    expect((await eventTypes(mallory)).toSorted()).toEqual(
      ['FLOW_CREATED', 'FLOW_REVOKED', 'ACCOUNT_HELD', 'ACCOUNT_REMOVED'].toSorted(),
    )
  },
)

test.each(['victim', 'owner'])(
  'a webhook that named another new account does not matter when the %s comes back',
  async (who) => {
    const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
    const decoy = await mallory.startConnecting('openai')
    const decoyId = await mallory.typeKey(decoy.token, 'openai')
    gateway.advance(1000)
    const accountId = await mallory.typeKey(token, 'openai')
    const body = gateway.emulator.deliveries.at(-1)?.body ?? ''
    expect(body).toContain(accountId)
    await sendWebhook(gateway, { body: body.replaceAll(accountId, decoyId) })
    await sendWebhook(gateway)
    await (who === 'owner' ? visit(gateway, url, mallory) : follow(gateway, url, OTHER_BROWSER))
    const isDeleted = who === 'victim'
    expect(await flowStatus(mallory, flowId)).toBe(isDeleted ? 'FAILED' : 'SUCCEEDED')
    const held = (await showAccounts(mallory)).map(({ id, held }) => [id, held])
    expect(new Map(held as [string, boolean][])).toEqual(
      isDeleted
        ? new Map()
        : new Map([
            [accountId, false],
            [decoyId, true],
          ]),
    )
  },
)

test('a victim who comes back after the flow’s time still revokes it, and Pipedream is asked nothing', async () => {
  const { gateway, person: mallory, token, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  await live(gateway, 70 * MINUTE_MS)
  expect(await showHold(mallory, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
  const asked: string[] = []
  gateway.intercept(({ method }) => void asked.push(method))
  await follow(gateway, url, OTHER_BROWSER)
  expect(asked).toEqual([])
  gateway.intercept(() => undefined)
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

test('a browser with another signed-in user revokes it, too', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const victim = await gateway.signIn('victim')
  await victim.startConnecting('openai')
  const accountId = await mallory.typeKey(token, 'openai')
  expect((await follow(gateway, url, victim)).status).toBe(403)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

describe('a link that another browser only loads', () => {
  test('changes nothing and asks Pipedream nothing, by GET and by HEAD', async () => {
    const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
    await mallory.typeKey(token, 'openai')
    await sendWebhook(gateway)
    const asked: string[] = []
    gateway.intercept(({ method }) => void asked.push(method))
    const before = await eventTypes(mallory)
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await gateway.server.fetch(new Request(url, { method }))).status).toBe(403)
    }
    expect(asked).toEqual([])
    expect(await eventTypes(mallory)).toEqual(before)
    expect(await flowStatus(mallory, flowId)).toBe('OPEN')
  })

  test('warns and posts itself, by a script that the page’s policy allows', async () => {
    const { gateway, url } = await startFlow('mallory')
    const response = await visit(gateway, url, OTHER_BROWSER)
    const page = await response.text()
    const [, script = ''] = /<script>(.*)<\/script>/.exec(page) ?? []
    const hash = createHash('sha256').update(script).digest('base64')
    expect(script).not.toBe('')
    expect(response.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`)
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'")
    // With this policy, browsers send `Origin: null`, which is rejected.
    expect(response.headers.get('referrer-policy')).not.toBe('no-referrer')
    expect(page).toContain('<button>')
  })

  test('cannot be posted by a page of another site', async () => {
    const { gateway, person: mallory, flowId, url } = await startFlow('mallory')
    const forged = [{ origin: 'https://evil.example' }, { origin: 'null' }, CROSS_SITE]
    for (const headers of forged) {
      const response = await gateway.server.fetch(new Request(url, { method: 'POST', headers }))
      expect(response.status).toBe(403)
    }
    expect(await flowStatus(mallory, flowId)).toBe('OPEN')
  })
})

describe('a browser where another user has signed in since', () => {
  test.each(['after a sign-out', 'without a sign-out', 'with the cookie planted again'])(
    'revokes the flow, %s',
    async (how) => {
      const { gateway, person, token, flowId, url } = await startFlow('mallory')
      const planted = person.cookies.get('browser') ?? ''
      const accountId = await person.typeKey(token, 'openai')
      await sendWebhook(gateway)
      if (how === 'after a sign-out') await person.post('/auth/sign-out', {})
      await person.post('/auth/demo', { externalUserId: 'victim' })
      if (how === 'with the cookie planted again') person.cookies.set('browser', planted)
      expect((await follow(gateway, url, person)).status).toBe(403)
      const [mallory, olga] = [
        await gateway.signIn('mallory'),
        await gateway.signIn('olga', 'operator'),
      ]
      const data = await olga.field(FLOW_OF, { search: flowId })
      expect(data).toMatchObject({ flows: { nodes: [{ status: 'FAILED' }] } })
      await live(gateway, MINUTE_MS)
      // Someone signed out meanwhile, so it is not sure that another user finished the flow.
      expect(await showHold(mallory, accountId)).toEqual(LOCKED)
    },
  )

  test('revokes the flow, with a JWT of another user who has started to connect there', async () => {
    const issuer = await createIssuer()
    const verifyJwt = createVerifyJwt(issuer.auth, { fetch: issuer.fetch })
    const gateway = await createTimedGateway({ verifyJwt })
    const person = gateway.browser()
    const arrive = async (sub: string) =>
      void (person.headers.authorization = `Bearer ${await issuer.sign({ sub })}`)
    await arrive('mallory')
    const { token, flowId } = await person.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    const accountId = await person.typeKey(token, 'openai')
    await arrive('victim')
    await person.startConnecting('openai')
    expect((await follow(gateway, url, person)).status).toBe(403)
    await arrive('mallory')
    expect(await flowStatus(person, flowId)).toBe('FAILED')
    expect(await showHold(person, accountId)).toEqual(LOCKED)
  })

  test('but the same user may sign in again before coming back', async () => {
    const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
    await ada.typeKey(token, 'openai')
    await ada.post('/auth/demo', { externalUserId: 'ada' })
    expect((await visit(gateway, url, ada)).status).toBe(303)
    expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
  })
})

test('the same user, who signed out and in again, neither revokes nor confirms, and can keep the account', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  const accountId = await ada.typeKey(token, 'openai')
  await sendWebhook(gateway)
  await ada.post('/auth/sign-out', {})
  await ada.post('/auth/demo', { externalUserId: 'ada' })
  const response = await visit(gateway, url, ada)
  expect(response.status).toBe(303)
  const [cookie = ''] = response.headers.getSetCookie()
  ada.cookies.set('browser', parseSetCookie(cookie).value ?? '')
  expect(await flowStatus(ada, flowId)).toBe('OPEN')
  await live(gateway, 60 * MINUTE_MS)
  expect(await showHold(ada, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: true })
})

test('an IP address over its rate limit can still revoke a flow', async () => {
  const settings = { person: undefined, service: undefined, connectToken: undefined }
  const rates = await openRateLimits({ ...settings, address: 20 }, ':memory:')
  const gateway = await createTimedGateway({ limits: { ...testLimits, rates } })
  const mallory = await gateway.signIn('mallory')
  const { token, flowId } = await mallory.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  const accountId = await mallory.typeKey(token, 'openai')
  const victim = { remoteAddress: '203.0.113.9' }
  const post = (address: string | URL) =>
    gateway.server.fetch(new Request(address, { method: 'POST' }), victim)
  const signOut = (index: number) => post(new URL(`/auth/sign-out?/connect/finish/${index}`, url))
  const responses = await Promise.all(Array.from({ length: 21 }, (_, index) => signOut(index)))
  expect(responses.at(-1)?.status).toBe(429)
  expect((await post(url)).status).toBe(403)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

test('an attacker who confirms before the victim comes back still loses the account', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  expect((await mallory.confirm(flowId, accountId)).__typename).toBe('ConfirmedConnection')
  await follow(gateway, url, OTHER_BROWSER)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
  await sendWebhook(gateway)
  await gateway.server.reconcile()
  expect(await showAccounts(mallory)).toEqual([])
})

// The hosted page takes the app from its URL, so the link may be of a flow for another app.
test.each([
  ['openai', 'before'],
  ['openai', 'after'],
  ['slack', 'before'],
  ['slack', 'after'],
])(
  'an attacker’s second flow does not help with a link for %s, when confirmed %s the victim comes back',
  async (app, when) => {
    const { gateway, person: mallory, url, ...bait } = await startFlow('mallory', app)
    const other = await mallory.startConnecting('openai')
    const accountId = await mallory.typeKey(bait.token, 'openai')
    if (when === 'before') await mallory.confirm(other.flowId, accountId)
    await follow(gateway, url, OTHER_BROWSER)
    const late = when === 'after' ? await mallory.confirm(other.flowId, accountId) : undefined
    expect(late?.__typename).not.toBe('ConfirmedConnection')
    expect(await showHold(mallory, accountId)).toEqual(LOCKED)
    await sendWebhook(gateway)
    await gateway.server.reconcile()
    expect(await showAccounts(mallory)).toEqual([])
  },
)

test('closing the flow before the victim comes back does not help', async () => {
  const { gateway, person: mallory, url, ...bait } = await startFlow('mallory')
  await mallory.field(
    'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }',
    { flowId: bait.flowId },
  )
  const accountId = await mallory.typeKey(bait.token, 'openai')
  const other = await mallory.startConnecting('openai')
  await follow(gateway, url, OTHER_BROWSER)
  expect((await mallory.confirm(other.flowId, accountId)).__typename).not.toBe(
    'ConfirmedConnection',
  )
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

test('when a reconnect is finished in another browser, the account is held', async () => {
  const { gateway, person: mallory, accountId, url } = await startReconnecting('mallory')
  await follow(gateway, `${url}?failed=1`, OTHER_BROWSER)
  // No credentials were put into the account.
  expect(await showHold(mallory, accountId)).toEqual(USABLE)
  gateway.advance(1)
  gateway.emulator.accounts.update(accountId, { healthy: true })
  await live(gateway, 25 * MINUTE_MS)
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

test('a later refresh of its credentials does not hide that a revoked flow changed an account', async () => {
  const { gateway, person: mallory, accountId, token, url } = await startReconnecting('mallory')
  await mallory.typeKey(token, 'openai', accountId)
  await submit(gateway, url, OTHER_BROWSER)
  gateway.advance(60 * MINUTE_MS)
  gateway.emulator.accounts.update(accountId, { healthy: true })
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

// The hosted page takes the app and the account from its URL, which the sender of the link can change.
describe('a rewritten link does not help an attacker', () => {
  test('that leads to another app', async () => {
    const { gateway, person: mallory, token, url } = await startFlow('mallory', 'slack')
    const accountId = await mallory.typeKey(token, 'openai')
    await follow(gateway, url, OTHER_BROWSER)
    expect(await showHold(mallory, accountId)).toEqual(LOCKED)
  })

  test('that turns a reconnect into a new account', async () => {
    const { gateway, person: mallory, ...own } = await startReconnecting('mallory')
    const accountId = await mallory.typeKey(own.token, 'openai')
    await follow(gateway, own.url, OTHER_BROWSER)
    expect(await showHold(mallory, accountId)).toEqual(LOCKED)
    expect(await showHold(mallory, own.accountId)).toEqual(USABLE)
  })

  test('that leads from a new account to one of the attacker’s', async () => {
    const gateway = await createTimedGateway()
    const mallory = await gateway.signIn('mallory')
    const own = await mallory.connectOpenai()
    gateway.advance(MINUTE_MS)
    const { token } = await mallory.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await mallory.typeKey(token, 'openai', own)
    await sendWebhook(gateway)
    await follow(gateway, url, OTHER_BROWSER)
    await live(gateway, 25 * MINUTE_MS)
    // It is not new, so it is never deleted.
    expect(await showHold(mallory, own)).toEqual(LOCKED)
  })
})

test('an account of an earlier flow is not affected by a revoked one', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const accountId = await ada.connectOpenai()
  gateway.advance(1)
  const { token } = await ada.startConnecting('openai')
  await follow(gateway, await finishUrlOf(gateway, token), OTHER_BROWSER)
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('what a revoked flow’s token creates later is held', async () => {
  const { gateway, person: mallory, token, url } = await startFlow('mallory')
  await follow(gateway, url, OTHER_BROWSER)
  const accountId = await mallory.typeKey(token, 'openai')
  gateway.advance(3 * 24 * 60 * MINUTE_MS)
  expect(await showHold(mallory, accountId)).toEqual(LOCKED)
})

test('when Pipedream is unavailable, a revoked flow stays revoked and its account is deleted later', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  const accountId = await mallory.typeKey(token, 'openai')
  await sendWebhook(gateway)
  gateway.intercept((request) =>
    request.method === 'DELETE' ? new Response('{}', { status: 400 }) : undefined,
  )
  const response = await follow(gateway, url, OTHER_BROWSER)
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.not.stringMatching(/remov(ed|ing) what/),
  ])
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
  expect(await showAccounts(mallory)).toEqual([{ id: accountId, held: true }])
  gateway.intercept(() => undefined)
  await live(gateway, 2 * MINUTE_MS)
  expect(await showAccounts(mallory)).toEqual([])
})

test('when Pipedream cannot list accounts, the other browser is still warned of the link', async () => {
  const { gateway, person: mallory, token, flowId, url } = await startFlow('mallory')
  await mallory.typeKey(token, 'openai')
  gateway.intercept((request) =>
    request.method === 'GET' ? new Response('{}', { status: 500 }) : undefined,
  )
  expect((await follow(gateway, url, OTHER_BROWSER)).status).toBe(403)
  gateway.intercept(() => undefined)
  expect(await flowStatus(mallory, flowId)).toBe('FAILED')
})

test('when Pipedream cannot list accounts, the account of the revoked flow cannot be confirmed with another', async () => {
  const { gateway, person: mallory, url, ...bait } = await startFlow('mallory')
  const other = await mallory.startConnecting('openai')
  const accountId = await mallory.typeKey(bait.token, 'openai')
  gateway.intercept((request) =>
    request.method === 'GET' ? new Response('{}', { status: 500 }) : undefined,
  )
  await follow(gateway, url, OTHER_BROWSER)
  gateway.intercept(() => undefined)
  expect((await mallory.confirm(other.flowId, accountId)).__typename).toBe('AccountMismatch')
})

test('concurrent returns of one browser share one list of accounts', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  await ada.typeKey(token, 'openai')
  let lists = 0
  gateway.intercept(({ method }) => void (lists += method === 'GET' ? 1 : 0))
  await Promise.all(Array.from({ length: 20 }, () => visit(gateway, url, ada)))
  expect(lists).toBe(1)
  expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
})

test('after the flow’s time, its addresses ask Pipedream nothing', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  await ada.typeKey(token, 'openai')
  gateway.advance(21 * MINUTE_MS)
  const asked: string[] = []
  gateway.intercept(({ method }) => void asked.push(method))
  expect((await visit(gateway, url, ada)).status).toBe(303)
  expect((await submit(gateway, url, OTHER_BROWSER)).status).toBe(403)
  expect((await sendWebhook(gateway)).status).toBe(204)
  expect(asked).toEqual([])
  gateway.intercept(() => undefined)
  expect(await flowStatus(ada, flowId)).toBe('FAILED')
})

test('a failure at the provider fails the flow, in its own browser, if no account was created', async () => {
  const { gateway, person: ada, flowId, url } = await startFlow('ada')
  expect((await visit(gateway, `${url}?failed=1`, ada)).status).toBe(303)
  expect(await flowStatus(ada, flowId)).toBe('FAILED')
})

test('a reported failure succeeds if an account was created nevertheless', async () => {
  const { gateway, person: ada, token, flowId, url } = await startFlow('ada')
  await ada.typeKey(token, 'openai')
  await visit(gateway, `${url}?failed=1`, ada)
  expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
})

test('an unknown URL and an expired one change nothing', async () => {
  const { gateway, person: ada, token, url } = await startFlow('ada')
  expect((await visit(gateway, `${url.slice(0, -3)}abc`, OTHER_BROWSER)).status).toBe(404)
  const accountId = await ada.typeKey(token, 'openai')
  await visit(gateway, url, ada)
  gateway.advance(80 * MINUTE_MS)
  await submit(gateway, url, OTHER_BROWSER)
  expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
})

test('no log line contains the secret or the token', async () => {
  const { gateway, person: mallory, token, url } = await startFlow('mallory')
  await mallory.typeKey(token, 'openai')
  gateway.intercept((request) =>
    request.method === 'GET' ? new Response('{}', { status: 500 }) : undefined,
  )
  await sendWebhook(gateway)
  await follow(gateway, url, OTHER_BROWSER)
  const lines = JSON.stringify(gateway.logged)
  expect(gateway.logged.length).toBeGreaterThan(0)
  expect(lines).not.toContain(url.split('/').at(-1))
  expect(lines).not.toContain(token)
})
