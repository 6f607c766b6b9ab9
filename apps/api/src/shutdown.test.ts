import type { IncomingMessage } from 'node:http'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { createPerson } from '../test/fixtures/create-person.ts'
import { createProxy } from '../test/fixtures/create-proxy.ts'
import { atEmulator, codeIn, startGateway, urlIn } from '../test/fixtures/gateway-process.ts'
import { reach } from '../test/fixtures/reach.ts'
import { subscribe } from '../test/fixtures/subscribe.ts'

const isForConnectToken = ({ method, url }: IncomingMessage) =>
  method === 'POST' && url?.endsWith('/tokens')

/** A gateway with an open page, and a pending request for a connect token, which Pipedream is slow to return. */
async function startBusyGateway(settings: Record<string, string> = {}) {
  const asked = Promise.withResolvers<void>()
  const given = Promise.withResolvers<void>()
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  const upstream = await createProxy([url], {
    hold(request) {
      if (!isForConnectToken(request)) return undefined
      asked.resolve()
      return given.promise
    },
  })
  const pipedream = {
    ...atEmulator(upstream.url, emulator.credentials),
    DEMO_SIGN_IN: 'on',
  }
  const { child, banner, exit } = await startGateway({ ...pipedream, ...settings })
  const origin = urlIn(await banner, 'App and API')
  const ada = createPerson(reach(origin), emulator)
  await ada.post('/auth/demo', { externalUserId: 'ada', code: codeIn(await banner) })
  const page = await subscribe(ada)
  const starting = ada.startConnecting('openai')
  // Some tests abort the request before they await it.
  starting.catch(() => {})
  await asked.promise
  return { child, exit, origin, page, starting, give: () => given.resolve() }
}

test('on a stop, running requests are completed, and open streams end cleanly', async () => {
  const { child, exit, page, starting, give } = await startBusyGateway()
  child.kill('SIGTERM')
  expect(await page.next()).toBeUndefined()
  give()
  expect((await starting).token).toMatch(/^ctok_/)
  expect(await exit).toEqual([0, null])
})

test('a request that exceeds the shutdown timeout is aborted, and the process exits cleanly', async () => {
  const { child, exit, starting } = await startBusyGateway({ SHUTDOWN_TIMEOUT_MS: '0' })
  child.kill('SIGTERM')
  await expect(starting).rejects.toBeInstanceOf(TypeError)
  expect(await exit).toEqual([0, null])
})

test.each([
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
  ['SIGTERM', 'SIGTERM'],
] as const)('%s and then %s is one stop', async (first, second) => {
  const { child, exit, page, starting, give } = await startBusyGateway()
  child.kill(first)
  expect(await page.next()).toBeUndefined()
  child.kill(second)
  give()
  expect((await starting).token).toMatch(/^ctok_/)
  expect(await exit).toEqual([0, null])
})

test('a second Ctrl-C does not wait for running requests', async () => {
  const { child, exit, page, starting } = await startBusyGateway({ SHUTDOWN_TIMEOUT_MS: '600000' })
  child.kill('SIGINT')
  expect(await page.next()).toBeUndefined()
  child.kill('SIGINT')
  await expect(starting).rejects.toBeInstanceOf(TypeError)
  expect(await exit).toEqual([1, null])
})

test('readiness fails first, and requests are still handled during the shutdown notice', async () => {
  const { child, exit, origin, page } = await startBusyGateway({ SHUTDOWN_NOTICE_MS: '600000' })
  child.kill('SIGINT')
  expect(await page.next()).toBeUndefined()
  const ready = await fetch(`${origin}/health/ready`)
  expect({ status: ready.status, body: await ready.json() }).toEqual({
    status: 503,
    body: { status: 'stopping' },
  })
  expect((await fetch(`${origin}/health/live`)).status).toBe(200)
  child.kill('SIGINT')
  expect(await exit).toEqual([1, null])
})
