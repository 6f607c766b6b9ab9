import type { Context, Next } from 'hono'
import { allowsOrigin, readBearer } from './access.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/**
 * Lets a page read a response only when the page is in its connect token's `allowed_origins`. A preflight has no token,
 * so it is always allowed and the actual request decides (inferred; Pipedream only documents the option).
 */
export function cors(
  context: EmulatorContext,
): (c: Context, next: Next) => Promise<Response | undefined> {
  return async (c, next) => {
    const origin = c.req.header('origin')
    if (c.req.method === 'OPTIONS') return preflight(c, origin)
    await next()
    if (origin !== undefined) {
      c.res.headers.append('Vary', 'Origin')
      if (mayRead(c, context, origin)) c.res.headers.set('Access-Control-Allow-Origin', origin)
    }
    return undefined
  }
}

function mayRead(c: Context, context: EmulatorContext, origin: string): boolean {
  // Observed: customers' pages cannot call this route.
  if (c.req.path.endsWith('/validate')) return false
  const token = context.store.connectTokens.get(readBearer(c) ?? '')
  return token !== undefined && allowsOrigin(context, token, origin)
}

function preflight(c: Context, origin: string | undefined): Response {
  const headers = new Headers({
    'Access-Control-Allow-Methods': 'GET,POST,PUT,PATCH,DELETE,OPTIONS',
    'Access-Control-Allow-Headers': c.req.header('access-control-request-headers') ?? '',
    Vary: 'Origin',
  })
  if (origin !== undefined) headers.set('Access-Control-Allow-Origin', origin)
  return new Response(null, { status: 204, headers })
}
