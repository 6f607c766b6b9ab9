import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { createPerson } from '../test/fixtures/create-person.ts'
import { createProxy } from '../test/fixtures/create-proxy.ts'
import { type TestedEngine, describePostgres } from '../test/fixtures/engines.ts'
import { flowStatus, showAccounts } from '../test/fixtures/follow-flow.ts'
import {
  atEmulator,
  codeIn,
  type GatewayProcess,
  ownUrlIn,
  startGateway,
} from '../test/fixtures/gateway-process.ts'
import { reach } from '../test/fixtures/reach.ts'
import { subscribe } from '../test/fixtures/subscribe.ts'

const COUNT = 3

/** Three processes that start concurrently on one empty database, behind one proxy. */
async function startReplicas({ makePlace }: TestedEngine) {
  const place = await makePlace()
  onTestFinished(place.remove)
  // Webhooks are dropped, because they would change which replica the proxy chooses next.
  const upstream = await listen({ port: 0, fetch: () => Promise.resolve(new Response()) })
  onTestFinished(upstream.close)
  const proxy = await createProxy()
  const settings = {
    ...atEmulator(upstream.url, upstream.emulator.credentials),
    DEMO_SIGN_IN: 'on',
    PUBLIC_URL: proxy.url,
    DATABASE_URL: place.location,
  }
  const replicas = await Promise.all(Array.from({ length: COUNT }, () => startGateway(settings)))
  const banners = await Promise.all(replicas.map(({ banner }) => banner))
  const urls = banners.map(ownUrlIn)
  proxy.targets.push(...urls)
  return { proxy, replicas, urls, upstream, code: codeIn(banners[0] ?? '') }
}

type Replicas = Awaited<ReturnType<typeof startReplicas>>

/** A user whose browser reaches the replicas in turn. */
async function signIn({ proxy, urls, upstream, code }: Replicas, externalUserId: string) {
  const person = createPerson(reach(proxy.url), upstream.emulator)
  // Each replica has its own code. The session is valid at all of them.
  const first = createPerson(reach(urls[0] ?? ''), upstream.emulator)
  expect((await first.post('/auth/demo', { externalUserId, code })).status).toBe(204)
  for (const [name, value] of first.cookies) person.cookies.set(name, value)
  return person
}

/** Kills the replica with this URL. */
async function kill({ replicas, urls }: Replicas, url: string): Promise<void> {
  const { child, exit } = replicas[urls.indexOf(url)] as GatewayProcess
  child.kill('SIGKILL')
  await exit
}

describePostgres('three replicas on one PostgreSQL', (engine) => {
  test('one replica starts a connection, another confirms it, and the third sends the events', async () => {
    const all = await startReplicas(engine)
    const { proxy, urls } = all
    const ada = await signIn(all, 'ada')
    const page = await subscribe(ada)
    const { token, flowId } = await ada.startConnecting('openai')
    const accountId = await ada.typeKey(token, 'openai')
    expect((await ada.confirm(flowId, accountId)).__typename).toBe('ConfirmedConnection')
    // The page is open at the first replica, the second started the flow, and the third confirmed.
    expect(urls.map((url) => proxy.answers.get(url))).toEqual([1, 1, 1])
    expect(await page.take(2)).toMatchObject([
      { type: 'FLOW_CREATED', flowId },
      { type: 'FLOW_SUCCEEDED', flowId, accountId },
    ])
    for (const _ of urls) expect(await flowStatus(ada, flowId)).toBe('SUCCEEDED')
    await page.leave()
  })

  test('killing a replica in the middle of a flow loses nothing', async () => {
    const all = await startReplicas(engine)
    const [first = '', second = ''] = all.urls
    const ada = await signIn(all, 'ada')
    const cut = await subscribe(ada)
    const { token, flowId } = await ada.startConnecting('openai')
    const [started] = await cut.take(1)
    // The page was open at the second replica. The first was next in turn, and is skipped.
    await Promise.all([kill(all, first), kill(all, second)])
    expect(await cut.next().catch(() => undefined)).toBeUndefined()
    const accountId = await ada.typeKey(token, 'openai')
    expect((await ada.confirm(flowId, accountId)).__typename).toBe('ConfirmedConnection')
    const page = await subscribe(ada, { after: started?.id })
    expect(await page.take(1)).toMatchObject([{ type: 'FLOW_SUCCEEDED', flowId, accountId }])
    expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
    await page.leave()
  })
})
