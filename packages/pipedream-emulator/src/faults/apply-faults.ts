import type { Context, Next } from 'hono'
import { REQUEST_KINDS } from './fault-kinds.ts'
import type { ActiveFault } from './faults.ts'
import { parseJsonObject } from '../wire/read-body.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Thrown instead of a response. Its cause is what `fetch` rejects with. */
export class NoResponse extends Error {}

const ERRORS: Record<number, string> = {
  401: 'The token is missing, malformed or expired.',
  404: 'record not found',
  429: 'Throttled',
  500: 'Internal Server Error',
}
/** In seconds, as Pipedream documents `Retry-After`. */
const RETRY_AFTER_S = 1
const HTML = '<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>'

/** Applies faults to a request: at most one delay and one failure. */
export function applyFaults(
  context: EmulatorContext,
): (c: Context, next: Next) => Promise<Response | undefined> {
  return async (c, next) => {
    const target = { method: c.req.method, path: rawPath(c) }
    const latency = context.faults.take({ ...target, kinds: ['latency'] })
    const fault = context.faults.take({ ...target, kinds: FAILURES })
    await wait(c, context, [latency, fault])
    if (fault === undefined) await next()
    else await respondWithFault(c, context, { fault, next })
    return undefined
  }
}

// Hono's own path is partly decoded.
function rawPath(c: Context): string {
  return new URL(c.req.url).pathname
}

const FAILURES = REQUEST_KINDS.filter((kind) => kind !== 'latency')

async function wait(
  c: Context,
  context: EmulatorContext,
  faults: readonly (ActiveFault | undefined)[],
): Promise<void> {
  const total = faults.reduce(
    (sum, fault) => sum + (fault === undefined ? 0 : context.faults.delayOf(fault)),
    0,
  )
  const { signal } = c.req.raw
  if (total > 0) await context.sleep(total, signal)
  if (signal.aborted)
    throw new NoResponse('The client closed the request.', { cause: signal.reason })
}

interface Strike {
  fault: ActiveFault
  next: Next
}

async function respondWithFault(
  c: Context,
  context: EmulatorContext,
  { fault, next }: Strike,
): Promise<void> {
  const altersResponse = fault.kind === 'truncated' || fault.kind === 'repeated-cursor'
  if (altersResponse || fault.carriedOut === true) await next()
  if (fault.kind === 'reset') throw new NoResponse('The connection was reset.', { cause: reset() })
  const { res } = c
  const replacement =
    fault.kind === 'truncated'
      ? await truncate(res)
      : fault.kind === 'repeated-cursor'
        ? await repeatCursor(res, c.req.query('after'))
        : failureResponse(context, fault)
  // Without this, Hono keeps the headers of the response that is replaced.
  c.res = undefined
  c.res = replacement
}

function reset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

function failureResponse(context: EmulatorContext, fault: ActiveFault): Response {
  const html = fault.kind === 'not-json'
  const status = fault.status ?? (html ? 200 : 503)
  const headers = new Headers({ 'content-type': html ? 'text/html' : 'application/json' })
  if (status === 429) addRateLimitHeaders(context, headers)
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value)
  const bodyless = status === 204 || status === 205 || status === 304
  return new Response(bodyless ? null : bodyOf(fault, status), { status, headers })
}

function bodyOf({ kind, body }: ActiveFault, status: number): string {
  if (typeof body === 'string') return body
  if (body !== undefined) return JSON.stringify(body)
  return kind === 'not-json'
    ? HTML
    : JSON.stringify({
        error: ERRORS[status] ?? `The emulator was told to respond with ${status}.`,
      })
}

function addRateLimitHeaders(context: EmulatorContext, headers: Headers): void {
  const now = Math.ceil(context.clock.now().getTime() / 1000)
  headers.set('retry-after', String(RETRY_AFTER_S))
  headers.set('x-ratelimit-limit', '100')
  headers.set('x-ratelimit-remaining', '0')
  headers.set('x-ratelimit-reset', String(now + RETRY_AFTER_S))
}

// The content-length header announces the whole body, and half of it arrives.
async function truncate(response: Response): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  if (body.byteLength === 0) return new Response(null, { status: response.status, headers })
  headers.set('content-length', String(body.byteLength))
  const half = body.slice(0, Math.ceil(body.byteLength / 2))
  let sent = false
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new TypeError('terminated'))
      else controller.enqueue(half)
      sent = true
    },
  })
  return new Response(stream, { status: response.status, headers })
}

async function repeatCursor(response: Response, after: string | undefined): Promise<Response> {
  const text = await response.text()
  const body = parseJsonObject(text)
  const info = body?.page_info
  if (typeof info === 'object' && info !== null) {
    const cursors: { end_cursor?: unknown; start_cursor?: unknown } = info
    cursors.end_cursor = after ?? cursors.end_cursor ?? cursors.start_cursor
  }
  return new Response(body === null ? text : JSON.stringify(body), {
    status: response.status,
    headers: response.headers,
  })
}

/** Adds the header that cuts the link between a pop-up and the page that opened it to the provider's pages. */
export function severOpener(context: EmulatorContext): (c: Context, next: Next) => Promise<void> {
  return async (c, next) => {
    await next()
    const { method, path } = c.req
    const fault = context.faults.take({ kinds: ['opener-severed'], method, path })
    if (fault !== undefined) c.res.headers.set('cross-origin-opener-policy', 'same-origin')
  }
}
