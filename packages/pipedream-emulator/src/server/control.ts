import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AccountHealth } from '../connect/account-health.ts'
import type { Emulator } from '../create-emulator.ts'
import type { Fault } from '../faults/faults.ts'
import { optionalBoolean, optionalString, readJsonBody } from '../wire/read-body.ts'
import { readSeed } from '../state/read-seed.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { IncomingMessage } from 'node:http'
import { hasAllowedHost, isLoopback } from './allowed-hosts.ts'

/** Prefix of the routes that Pipedream does not have. */
export const CONTROL_PATH = '/__emulator'

/**
 * Routes that control an emulator on a port as a test controls one in its own process. The caller checks `mayControl`
 * first.
 */
export function createControl(emulator: Emulator): (request: Request) => Promise<Response> {
  const app = new Hono().basePath(CONTROL_PATH)
  routeFaults(app, emulator)
  routeState(app, emulator)
  app.get('/requests', (c) => c.json({ data: emulator.requests }))
  app.get('/deliveries', (c) => c.json({ data: emulator.deliveries }))
  app.notFound(() => recordNotFound().getResponse())
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    // The message explains the invalid input.
    const wrong = error instanceof TypeError || error instanceof RangeError
    return wireError(
      wrong ? 400 : 500,
      wrong ? error.message : 'Internal Server Error',
    ).getResponse()
  })
  return async (request) => app.fetch(request)
}

function routeFaults(app: Hono, { faults }: Emulator): void {
  app.get('/faults', (c) => c.json({ data: faults.list() }))
  app.post('/faults', async (c) => {
    const fault: Fault = await readJsonBody(c)
    const id = faults.add(fault)
    return c.json(
      faults.list().find((one) => one.id === id),
      201,
    )
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  app.delete('/faults/:id', (c) => {
    if (!faults.remove(c.req.param('id'))) throw recordNotFound()
    return c.body(null, 204)
  })
}

function routeState(app: Hono, emulator: Emulator): void {
  app.post('/reset', (c) => {
    emulator.reset()
    return c.body(null, 204)
  })
  app.post('/seed', async (c) => {
    const { accountIds } = emulator.seed(readSeed(await c.req.text()))
    return c.json({ account_ids: accountIds })
  })
  app.post('/clock', async (c) => {
    const { advanceMs } = await readJsonBody(c)
    emulator.clock.advance(typeof advanceMs === 'number' ? advanceMs : Number.NaN)
    return c.json({ now: emulator.clock.now() })
  })
  app.delete('/access-tokens', (c) => {
    emulator.accessTokens.revokeAll()
    return c.body(null, 204)
  })
  app.post('/triggers/:id/events', async (c) => {
    const body = await readJsonBody(c)
    const summary = optionalString(body, 'summary') ?? ''
    return c.json({ id: emulator.triggers.emit(c.req.param('id'), body.event, { summary }) })
  })
  app.patch('/accounts/:id', async (c) => {
    emulator.accounts.update(c.req.param('id'), await readHealth(c))
    return c.body(null, 204)
  })
}

async function readHealth(c: Context): Promise<AccountHealth> {
  const body = await readJsonBody(c)
  return {
    ...('healthy' in body ? { healthy: optionalBoolean(body, 'healthy') } : {}),
    ...('dead' in body ? { dead: optionalBoolean(body, 'dead') } : {}),
    ...('error' in body ? { error: optionalString(body, 'error') } : {}),
  }
}

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Returns true when the sender may control the emulator: a program on this machine, but no website in a browser of this
 * machine, and no sender behind a proxy or tunnel that ends here.
 */
export function mayControl(incoming: IncomingMessage): boolean {
  const { headers, socket } = incoming
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const site = headers['sec-fetch-site'] ?? 'none'
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    hasAllowedHost(incoming, THIS_MACHINE) &&
    forwarded === undefined &&
    (site === 'none' || site === 'same-origin') &&
    (headers.origin === undefined || headers.origin === `${scheme}://${headers.host}`)
  )
}
