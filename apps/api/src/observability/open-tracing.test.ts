import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { afterAll, expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { createOutgoing } from '../pipedream/outgoing.ts'
import { createMetrics } from './metrics.ts'
import { noTracing, observeUpstream } from './observe.ts'
import { openTracing } from './open-tracing.ts'

const outgoing = createOutgoing({})

afterAll(() => outgoing.close())

const CALLER = { traceId: 'c1'.repeat(16), spanId: 'd2'.repeat(8) }

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
}

/** Does what an OpenTelemetry collector does: receives spans over HTTP. */
async function createCollector() {
  const bodies: unknown[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    bodies.push(await json(request))
    response.end('{}')
  }
  const http = createServer((request, response) => void take(request, response))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    text: () => JSON.stringify(bodies),
    spans: () =>
      (bodies as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }[]).flatMap((body) =>
        body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    close: () => http.close(),
  }
}

/** A user starts to connect from a page that traces; returns the requests to Pipedream. */
async function startConnecting(tracing = noTracing) {
  const emulator = createEmulator()
  const sent: Request[] = []
  const pipedream = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    fetch: observeUpstream(
      (url, init) => {
        sent.push(new Request(url, init))
        return emulator.fetch(new Request(url, init))
      },
      { metrics: createMetrics(), tracing },
    ),
  })
  const gateway = await createTestGateway({ pipedream, tracing })
  const ada = await gateway.signIn('ada')
  ada.headers.traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`
  const { token } = await ada.startConnecting('openai')
  await tracing.close()
  return { sent, token, cookies: ada.cookies }
}

test('a trace continues from the caller through the gateway to Pipedream', async () => {
  const collector = await createCollector()
  const { sent } = await startConnecting(
    openTracing({ endpoint: collector.url, headers: {} }, outgoing.fetch),
  )
  collector.close()
  const own = collector.spans().filter(({ traceId }) => traceId === CALLER.traceId)
  const find = (name: string) => own.find((span) => span.name === name)
  const request = find('POST /graphql')
  const operation = find('mutation createConnectToken')
  const call = find('POST /v1/connect/:id/tokens')
  expect(request?.parentSpanId).toBe(CALLER.spanId)
  expect(operation?.parentSpanId).toBe(request?.spanId)
  expect(call?.parentSpanId).toBe(operation?.spanId)
  const minting = sent.find(({ url }) => url.endsWith('/tokens'))
  expect(minting?.headers.get('traceparent')).toBe(`00-${CALLER.traceId}-${call?.spanId}-01`)
})

test('no span contains a secret or a user ID', async () => {
  const collector = await createCollector()
  const { token, cookies } = await startConnecting(
    openTracing({ endpoint: collector.url, headers: {} }, outgoing.fetch),
  )
  collector.close()
  const text = collector.text()
  expect(collector.spans().length).toBeGreaterThan(0)
  for (const secret of [token, ...cookies.values(), '"ada"']) expect(text).not.toContain(secret)
})

test('without tracing, requests to Pipedream have no trace header', async () => {
  const { sent } = await startConnecting()
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.filter(({ headers }) => headers.has('traceparent'))).toEqual([])
})

test('a busy collector is sent the same spans again, with the configured headers', async () => {
  const asked: { path: string; key: string | undefined }[] = []
  const http = createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, key: headers['x-collector-key']?.toString() })
    response.writeHead(asked.length === 1 ? 503 : 200).end('{}')
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/base/`
  const headers = { 'x-collector-key': 'emulator-key' }
  await startConnecting(openTracing({ endpoint, headers }, outgoing.fetch))
  http.close()
  const once503 = { path: '/base/v1/traces', key: 'emulator-key' }
  expect(asked).toEqual([once503, once503])
})
