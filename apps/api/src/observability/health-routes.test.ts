import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'
import { sha256 } from '../store/secrets.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

const URL = 'http://localhost:3000/metrics'
const TOKEN = 'a-token-for-metrics'

test('labels of requests, flows and refusals contain no caller input', async () => {
  const { server, signIn } = await createTestGateway()
  const ada = await signIn('ada')
  await ada.connectOpenai()
  await ada.confirm('no-such-flow', 'apn_1')
  await server.fetch(
    new Request('http://localhost:3000/webhooks/pipedream/a-secret', { method: 'POST' }),
  )
  await server.fetch(new Request('http://localhost:3000/made/up'))
  const text = await (await server.fetch(new Request(URL))).text()
  for (const line of [
    'gateway_http_request_duration_seconds_count{method="POST",route="/graphql",status="200"} 3',
    'gateway_events_total{type="flow_created",app="openai"} 1',
    'gateway_events_total{type="flow_succeeded",app="openai"} 1',
    'gateway_refusals_total{reason="FlowNotFound"} 1',
    'gateway_event_streams 0',
    'gateway_writes_waiting 0',
    'gateway_upstream_breaker{state="closed"} 1',
    'gateway_upstream_breaker{state="open"} 0',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toMatch(/gateway_transactions_total [1-9]/)
  expect(text).not.toMatch(/ada|a-secret|made\/up|apn_1/)
})

test('apps beyond the limit share one label', async () => {
  const metrics = createMetrics()
  for (let index = 0; index < 1000; index++) {
    metrics.eventRecorded({ type: 'flow_created', app: `app-${index}` })
    metrics.eventRecorded({ type: 'flow_refused', app: `made-up-${index}` })
  }
  const lines = (await metrics.text()).split('\n').filter((line) => line.includes('app="'))
  expect(lines.length).toBeLessThan(210)
  expect(lines).toContain('gateway_events_total{type="flow_refused",app="other"} 1000')
})

test.each([
  { caller: 'a process on this machine', remoteAddress: '127.0.0.1', headers: {}, status: 200 },
  { caller: 'another machine', remoteAddress: '203.0.113.7', headers: {}, status: 403 },
  {
    caller: 'another machine through a local proxy',
    remoteAddress: '127.0.0.1',
    headers: { 'x-forwarded-for': '203.0.113.7' },
    status: 403,
  },
  {
    caller: 'another machine with the token',
    remoteAddress: '203.0.113.7',
    headers: { authorization: `Bearer ${TOKEN}` },
    status: 200,
  },
  {
    caller: 'a process with another token',
    remoteAddress: '127.0.0.1',
    headers: { authorization: 'Bearer another' },
    status: 403,
  },
])('$caller gets $status', async ({ remoteAddress, headers, status }) => {
  const { server } = await createTestGateway({ metricsTokenHash: sha256(TOKEN) })
  const response = await server.fetch(new Request(URL, { headers }), { remoteAddress })
  expect(response.status).toBe(status)
})

test('with a deployment, this machine needs the token too, and the refusal names the setting', async () => {
  for (const metricsTokenHash of [undefined, sha256(TOKEN)]) {
    const { server } = await createTestGateway({ metricsTokenHash, openMetrics: false })
    const ask = (headers: Record<string, string>) =>
      server.fetch(new Request(URL, { headers }), { remoteAddress: '127.0.0.1' })
    const refused = await ask({})
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('METRICS_TOKEN')
    const { status } = await ask({ authorization: `Bearer ${TOKEN}` })
    expect(status).toBe(metricsTokenHash === undefined ? 403 : 200)
  }
})

test('two servers in one process have separate metrics', async () => {
  const [one, other] = [await createTestGateway(), await createTestGateway()]
  await one.signIn('ada')
  const text = await (await other.server.fetch(new Request(URL))).text()
  expect(text).not.toContain('/auth/demo')
})
