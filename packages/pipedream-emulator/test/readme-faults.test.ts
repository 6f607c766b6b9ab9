import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import type { EmulatorOptions, Environment } from '../src/index.ts'
import { listen } from '../src/server/listen.ts'
import { connectKey, createHarness, type Harness, newAccessToken } from './harness.ts'

const ACCOUNTS = '/v1/connect/proj_emulator/accounts'
const TOKENS = '/v1/connect/proj_emulator/tokens'
const ACCOUNT_ID = 'apn_Ada0001'
const NOW = new Date('2026-01-01T00:00:00.000Z')

/** The examples in the README's section, by their first comment. */
const EXAMPLES = new Map(
  [...readChapter().matchAll(/```js\n\/\/ (.+)\n([^`]*(?:`[^`]+`[^`]*)*?)```/g)].map(
    ([, title = '', code = '']) => [title, code],
  ),
)

function readChapter(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  return readme.split('## Injecting failures')[1]?.split('\n## ')[0] ?? ''
}

async function follow(title: string, names: Record<string, unknown>): Promise<void> {
  const code = EXAMPLES.get(title)
  if (code === undefined) throw new Error(`The README has no example "${title}".`)
  const parameters = Object.keys(names).join(', ')
  await runInThisContext(`(async ({ ${parameters} }) => {\n${code}\n})`)(names)
}

interface Scene extends Harness {
  /** The webhooks that the receiver got, in order of arrival. */
  received: { event: string; account?: { id: string } }[]
  /** The delays that the faults requested. */
  waits: number[]
  connect: () => Promise<void>
  postToken: () => ReturnType<Harness['call']>
}

async function setScene(options: EmulatorOptions = {}): Promise<Scene> {
  const received: Scene['received'] = []
  const waits: number[] = []
  const account = { externalUserId: 'ada', app: 'slack', id: ACCOUNT_ID }
  const harness = await createHarness({
    now: () => NOW,
    seed: { accounts: [account] },
    sleep: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (_, { body }) => {
      received.push(JSON.parse(body))
      return { status: 200 }
    },
    ...options,
  })
  const { call, asServer, newConnectToken } = harness
  return {
    ...harness,
    received,
    waits,
    postToken: () => asServer(TOKENS, { method: 'POST', json: { external_user_id: 'ada' } }),
    async connect() {
      const token = await newConnectToken({ webhook_uri: 'https://app.example/hook' })
      const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
      await call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
    },
  }
}

type Check = (scene: Scene) => Promise<void>

async function statuses(count: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const responses: number[] = []
  for (let turn = 0; turn < count; turn += 1) responses.push((await ask()).status)
  return responses
}

const CHECKS: Record<string, Check> = {
  'any status, twice': async ({ postToken, asServer }) => {
    expect(await asServer(ACCOUNTS)).toMatchObject({ status: 200 })
    expect(await statuses(3, postToken)).toEqual([503, 503, 200])
  },
  'throttled, with the four headers': async ({ asServer }) => {
    const { status, headers, body } = await asServer(ACCOUNTS)
    expect([status, body]).toEqual([429, { error: 'Throttled' }])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(headers.get('x-ratelimit-limit'))).toBeGreaterThan(0)
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(NOW.getTime() / 1000)
    expect(await asServer(ACCOUNTS)).toMatchObject({ status: 200 })
  },
  'a body and headers of your own': async ({ asServer }) => {
    const { status, headers, body } = await asServer(ACCOUNTS)
    expect([status, body, headers.get('x-request-id')]).toEqual([
      502,
      { error: 'Bad gateway' },
      'r1',
    ])
  },
  'about every fifth call': async ({ asServer, emulator }) => {
    const first = await statuses(100, () => asServer(ACCOUNTS))
    const failures = first.filter((status) => status === 500).length
    expect(failures).toBeGreaterThan(8)
    expect(failures).toBeLessThan(35)
    expect(emulator.faults.list()).toMatchObject([{ hits: failures }])
    emulator.faults.clear()
    await follow('about every fifth call', { emulator })
    expect(await statuses(100, () => asServer(ACCOUNTS))).toEqual(first)
  },
  'executed, but the response is lost: a POST that must not be repeated': async ({
    postToken,
    emulator,
  }) => {
    const before = emulator.state.save()
    expect(await postToken()).toMatchObject({ status: 504 })
    expect(before).not.toContain('ctok_')
    expect(emulator.state.save()).toContain('ctok_')
  },
  'slow, by 300 to 500 ms': async ({ asServer, waits }) => {
    expect(await statuses(3, () => asServer(ACCOUNTS))).toEqual([200, 200, 200])
    expect(waits).toHaveLength(3)
    expect(new Set(waits).size).toBe(3)
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(300)
      expect(wait).toBeLessThan(500)
    }
  },
  'the connection is reset: fetch rejects with a TypeError, and on a port the socket breaks':
    async ({ call }) => {
      const failure = await newAccessToken(call).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(TypeError)
      expect(failure).toMatchObject({ cause: { code: 'ECONNRESET' } })
      expect(await newAccessToken(call)).toMatch(/\./)
    },
  'half of the response body arrives': async ({ asServer }) => {
    await expect(asServer('/v1/connect/apps')).rejects.toThrow(TypeError)
  },
  'HTML instead of JSON': async ({ asServer }) => {
    const { status, body } = await asServer('/v1/connect/apps')
    expect([status, body]).toEqual([200, expect.stringContaining('<!doctype html>')])
  },
  'an endless list: the cursor leads back to the same page': async (scene) => {
    await connectKey(scene)
    await connectKey(scene)
    const read = async (after = '') =>
      (await scene.asServer(`${ACCOUNTS}?limit=1${after}`)).body.page_info.end_cursor
    const cursor = await read()
    const second = await read(`&after=${cursor}`)
    expect([cursor, second]).toEqual([cursor, cursor])
    expect(cursor).toEqual(expect.any(String))
  },
  'access tokens: revoked now, or expired an hour later': async ({ asServer, call, emulator }) => {
    expect(await asServer(ACCOUNTS)).toMatchObject({ status: 401 })
    const bearer = await newAccessToken(call)
    expect(await asServer(ACCOUNTS, { bearer })).toMatchObject({ status: 200 })
    emulator.clock.advance(3_600_000)
    expect(await asServer(ACCOUNTS, { bearer })).toMatchObject({ status: 401 })
  },
  'an account becomes unhealthy: its credentials can no longer be refreshed': async (scene) => {
    const { body } = await scene.asServer(`${ACCOUNTS}/${ACCOUNT_ID}`)
    expect(body).toMatchObject({ healthy: false, error: 'The refresh token was revoked.' })
    scene.emulator.clock.advance(3_000_000)
    const later = await scene.asServer(`${ACCOUNTS}/${ACCOUNT_ID}`)
    expect(later.body.last_refreshed_at).toBe(body.last_refreshed_at)
  },
  'an account is dead: it can only be reconnected': async ({ asServer, emulator }) => {
    const read = async () => (await asServer(`${ACCOUNTS}/${ACCOUNT_ID}`)).body
    expect(await read()).toMatchObject({ healthy: false, dead: true })
    emulator.accounts.update(ACCOUNT_ID, { healthy: true })
    expect(await read()).toMatchObject({ healthy: true, dead: null, error: null })
  },
  'the next refresh of an OAuth account fails': async ({ asServer, emulator }) => {
    const { body } = await asServer(`${ACCOUNTS}/${ACCOUNT_ID}`)
    expect(body).toMatchObject({ healthy: false, error: 'The refresh token was revoked.' })
    expect(body.last_refreshed_at).toBe(NOW.toISOString())
    expect(emulator.faults.list()).toMatchObject([{ kind: 'refresh-failed', hits: 1 }])
  },
  'a webhook is lost': async ({ connect, received, emulator }) => {
    await connect()
    await connect()
    await expect.poll(() => received).toHaveLength(1)
    expect(emulator.deliveries.map(({ state }) => state)).toEqual(['dropped', 'delivered'])
  },
  'a webhook arrives twice': async ({ connect, received }) => {
    await connect()
    await expect.poll(() => received).toHaveLength(2)
    expect(received[0]).toEqual(received[1])
  },
  'a webhook arrives ten seconds late': async ({ connect, received, waits }) => {
    await connect()
    await expect.poll(() => received).toHaveLength(1)
    expect(waits).toEqual([10_000])
  },
  'a webhook arrives after the next one': async ({ connect, received, emulator }) => {
    await connect()
    await connect()
    await expect.poll(() => received).toHaveLength(2)
    const [first, second] = emulator.deliveries.map(({ body }) => JSON.parse(body))
    expect(received).toEqual([second, first])
    expect(first).not.toEqual(second)
  },
  'a forged webhook about an unknown account arrives first': async (scene) => {
    await scene.connect()
    await expect.poll(() => scene.received).toHaveLength(2)
    const [forged, real] = scene.received.map(({ account }) => account?.id ?? '')
    expect(await scene.asServer(`${ACCOUNTS}/${forged}`)).toMatchObject({ status: 404 })
    expect(await scene.asServer(`${ACCOUNTS}/${real}`)).toMatchObject({ status: 200 })
  },
  'in development the page rejects users who are not signed in to pipedream.com': async (scene) => {
    const open = async (environment: Environment) => {
      const token = await scene.newConnectToken({}, environment)
      return (await scene.call(`/_static/connect.html?app=slack&token=${token}`)).body
    }
    expect(await open('development')).toContain('data-problem="Sign in to pipedream.com')
    expect(await open('production')).not.toContain('data-problem')
  },
  'the provider denies access, whatever the user chooses': async (scene) => {
    expect(await allowAt(scene, 'slack')).toContain('error=access_denied')
    expect(await allowAt(scene, 'github')).toContain('code=')
  },
  // Another test covers the browser's behavior.
  'the browser blocks the pop-up': async ({ call }) => {
    const { headers } = await call('/_static/connect.html')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  },
  'the browser blocks the pop-up, and the embedding page gets an error; whether Pipedream does that is unknown':
    async ({ call }) => {
      const { headers, text } = await call('/_static/connect.html')
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect(text).toContain('data-blocked-error="The window could not be opened."')
    },
  'the pop-up and its opener cannot reach each other (Cross-Origin-Opener-Policy)': async ({
    call,
  }) => {
    const { headers } = await call('/_provider/slack/authorize')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  },
  'no more failures': async ({ emulator, asServer }) => {
    emulator.faults.add({ status: 500 })
    await follow('no more failures', { emulator })
    expect(emulator.faults.list()).toEqual([])
    expect(await asServer(ACCOUNTS)).toMatchObject({ status: 200 })
  },
}

async function allowAt({ call, newConnectToken, emulator }: Scene, app: string): Promise<string> {
  const attempt = crypto.randomUUID().replaceAll('-', '')
  const query = new URLSearchParams({ token: await newConnectToken(), app, attempt })
  const started = await call(`/_static/oauth/start?${query}`)
  const { searchParams } = new URL(started.headers.get('location') ?? '', 'http://localhost')
  const form = { state: searchParams.get('state') ?? '', decision: 'allow' }
  const response = await emulator.fetch(
    new Request(`http://localhost:4010/_provider/${app}/authorize`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }),
  )
  return response.headers.get('location') ?? ''
}

test('every example of the README is tested, and nothing else', () => {
  expect([...EXAMPLES.keys()].toSorted()).toEqual(
    [...Object.keys(CHECKS), 'over the port'].toSorted(),
  )
})

test.each(Object.entries(CHECKS))('%s', async (title, check) => {
  const scene = await setScene()
  await follow(title, { emulator: scene.emulator, accountId: ACCOUNT_ID })
  // Each check asserts by itself; this asserts that it finished.
  await expect(check(scene)).resolves.toBeUndefined()
})

test('over the port', async () => {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  await follow('over the port', { url, fetch })
  expect(emulator.faults.list()).toMatchObject([{ kind: 'status', status: 503, times: 2, hits: 0 }])
})
