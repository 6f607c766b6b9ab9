import type { Context, Next } from 'hono'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Sends the provider's pages with the header by which a pop-up and the page that opened it lose each other. */
export function severOpener(context: EmulatorContext): (c: Context, next: Next) => Promise<void> {
  return async (c, next) => {
    await next()
    const { method, path } = c.req
    const fault = context.faults.take({ kinds: ['opener-severed'], method, path })
    if (fault !== undefined) c.res.headers.set('cross-origin-opener-policy', 'same-origin')
  }
}
