import type { Context, Next } from 'hono'
import type { World } from './world.ts'

/** Sends the hosted page and the provider's with the headers by which things go wrong in real browsers. */
export function misbehavePages(world: World): (c: Context, next: Next) => Promise<void> {
  return async (c, next) => {
    await next()
    const { method, path } = c.req
    const onProvider = path.startsWith('/_provider/')
    const fault = world.faults.take({
      kinds: [onProvider ? 'opener-severed' : 'popup-blocked'],
      method,
      path,
    })
    if (fault === undefined) return
    if (onProvider) c.res.headers.set('cross-origin-opener-policy', 'same-origin')
    // A sandbox that allows everything that the page does, except pop-ups.
    else c.res.headers.append('content-security-policy', NO_POPUPS)
  }
}

const NO_POPUPS = 'sandbox allow-forms allow-same-origin allow-scripts'
