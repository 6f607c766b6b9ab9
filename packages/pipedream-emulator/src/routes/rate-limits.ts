import type { Hono } from 'hono'
import { requireServer } from '../server/access.ts'
import { type Body, readJsonBody } from '../wire/read-body.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomAlphanumeric } from '../state/random.ts'

/** POST /v1/connect/rate_limits: creates a limit for requests with `x-pd-rate-limit: {token}`. */
export function routeRateLimits(app: Hono, context: EmulatorContext): void {
  app.post('/v1/connect/rate_limits', async (c) => {
    requireServer(c, context, 'connect:*')
    const body = await readJsonBody(c)
    const token = randomAlphanumeric(43)
    context.store.rateLimitTokens.set(token, {
      token,
      windowSizeSeconds: readCount(body, 'window_size_seconds'),
      requestsPerWindow: readCount(body, 'requests_per_window'),
    })
    return c.json({ token })
  })
}

function readCount(body: Body, key: string): number {
  const value = body[key]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw wireError(400, `${key} must be a whole number, 1 or more.`)
  }
  return value
}
