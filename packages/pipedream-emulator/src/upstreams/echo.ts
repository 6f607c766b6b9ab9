import { encodeBase64 } from '../wire/base64url.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { UpstreamTimeout } from './upstream.ts'

/** How long Pipedream waits for a provider, as it documents. */
const TIMEOUT_MS = 30_000

/**
 * The response of `/echo` on every host: JSON with the `method`, `url`, `headers` and `body` of the request. A body
 * that is not UTF-8 is base64, and `encoding` says so. The query selects another response: `status` (200 to 599),
 * `content-type` with a `body`, and `delay` in milliseconds; 30,000 or more stands for a provider that does not respond
 * in time.
 */
export async function echo(context: EmulatorContext, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  await wait(context, Number(query.get('delay') ?? 0), request.signal)
  const status = readStatus(query.get('status'))
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status })
  const own = query.get('content-type')
  if (own === null) return Response.json(await describe(request), { status })
  return new Response(query.get('body') ?? '', { status, headers: { 'content-type': own } })
}

async function wait(context: EmulatorContext, delayMs: number, signal: AbortSignal): Promise<void> {
  if (!(delayMs > 0)) return
  await context.sleep(Math.min(delayMs, TIMEOUT_MS), signal)
  if (delayMs >= TIMEOUT_MS) throw new UpstreamTimeout('The provider did not respond in time.')
}

function readStatus(text: string | null): number {
  const status = Number(text)
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : 200
}

async function describe(request: Request): Promise<object> {
  const { method, url } = request
  const headers = Object.fromEntries(request.headers)
  return { method, url, headers, ...encodeBody(new Uint8Array(await request.arrayBuffer())) }
}

function encodeBody(bytes: Uint8Array): { body: string; encoding: 'utf-8' | 'base64' } {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { body: decoder.decode(bytes), encoding: 'utf-8' }
  } catch {
    return { body: encodeBase64(bytes), encoding: 'base64' }
  }
}
