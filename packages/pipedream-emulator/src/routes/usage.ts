import type { Context, Hono } from 'hono'
import { requireServer } from '../server/access.ts'
import type { Spending } from '../components/spend-credit.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The end of the year 9999 in seconds. Larger values are milliseconds. */
const LATEST_S = 253_402_300_799

/**
 * GET /v1/connect/usage: the credits of a period, in whole minutes and across all projects. Which calls count is
 * inferred: a run of an action, a call through the proxy and an event of a trigger cost one credit each.
 */
export function routeUsage(app: Hono, context: EmulatorContext): void {
  app.get('/v1/connect/usage', (c) => {
    requireServer(c, context, 'connect:usage:read')
    const start = readSeconds(c, 'start_ts')
    const end = readSeconds(c, 'end_ts')
    if (end <= start) throw wireError(400, 'end_ts must be later than start_ts.')
    const minutes = [...context.store.usage.values()].filter(({ minute }) => {
      const seconds = minute.getTime() / 1000
      return seconds >= start && seconds < end
    })
    const sum = (on: Spending) => minutes.reduce((total, one) => total + one[on], 0)
    const [actionRuns, proxyCalls] = [sum('actionRuns'), sum('proxyCalls')]
    const emittedEvents = sum('emittedEvents')
    const spent = {
      credits_used: actionRuns + proxyCalls + emittedEvents,
      action_run_credits_used: actionRuns,
      proxy_credits_used: proxyCalls,
      source_emit_credits_used: emittedEvents,
      usage_start_ts: start,
      usage_end_ts: end,
    }
    return c.json({ data: [spent] })
  })
}

function readSeconds(c: Context, key: string): number {
  const text = c.req.query(key) ?? ''
  const seconds = Number(text)
  if (!/^\d+$/.test(text) || seconds > LATEST_S) {
    throw wireError(400, `${key} must be a time in whole seconds since 1970.`)
  }
  return seconds
}
