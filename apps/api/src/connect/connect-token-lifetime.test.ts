import { expect, test } from 'vitest'
import { createTimedGateway, flowStatus, live, showHold } from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const LIFETIME = 'Pipedream granted a connect token another lifetime than was requested'

interface Pipedream {
  grantedMs: number
  /** The `Date` of its responses; default: the true one. */
  date?: string
  /** How long ago the user got an account that the gateway did not see made; default: never. */
  seededMs?: number
}

/** A user who has started to connect, at a Pipedream that grants each connect token this lifetime. */
async function startConnecting({ grantedMs, date, seededMs = 0 }: Pipedream) {
  const gateway = await createTimedGateway()
  gateway.emulator.seed({
    accounts: seededMs > 0 ? [{ externalUserId: 'ada', app: 'openai' }] : [],
  })
  gateway.advance(seededMs)
  gateway.intercept(async (request) => {
    if (!request.url.endsWith('/tokens')) return undefined
    const { url, headers: sent } = request
    const asked = JSON.parse(await request.text())
    const body = JSON.stringify({ ...asked, expires_in: grantedMs / 1000 })
    const call = new Request(url, { method: 'POST', headers: sent, body })
    const granted = await gateway.emulator.fetch(call)
    const headers = { ...Object.fromEntries(granted.headers), ...(date !== undefined && { date }) }
    return new Response(granted.body, { status: granted.status, headers })
  })
  const person = await gateway.signIn('ada')
  const { token, flowId } = await person.startConnecting('openai')
  const warnings = () => gateway.logged.filter(({ msg }) => msg === LIFETIME).length
  return { gateway, person, token, flowId, warnings }
}

test.each([5, 14, 60, 240])(
  'an account is held from the start if Pipedream grants a token %d minutes',
  async (minutes) => {
    const { person, token, warnings } = await startConnecting({ grantedMs: minutes * MINUTE_MS })
    const accountId = await person.typeKey(token, 'openai')
    expect(await showHold(person, accountId)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
    expect(warnings()).toBe(1)
  },
)

test('a token that lives longer than requested is watched for as long', async () => {
  const { gateway, person, token, flowId } = await startConnecting({ grantedMs: 60 * MINUTE_MS })
  await live(gateway, 59 * MINUTE_MS)
  const accountId = await person.typeKey(token, 'openai')
  expect(await showHold(person, accountId)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
  await live(gateway, 10 * MINUTE_MS)
  expect(await flowStatus(person, flowId)).toBe('EXPIRED')
  expect(await showHold(person, accountId)).toMatchObject({ heldReason: 'NOT_FINISHED' })
})

test('a wrong date of the response does not hold what is older than any token', async () => {
  const { person } = await startConnecting({
    grantedMs: 15 * MINUTE_MS,
    date: 'Thu, 01 Jan 2015 00:00:00 GMT',
    seededMs: 5 * 60 * MINUTE_MS,
  })
  const [accountId = ''] = await person.accountIds()
  expect(await showHold(person, accountId)).toEqual({ heldReason: null, canKeep: false })
})
