import { expect, test } from 'vitest'
import { createTimedGateway, live } from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

test('an error is logged before the pass ends', async () => {
  const gateway = await createTimedGateway()
  await (await gateway.signIn('bob')).connectOpenai()
  await live(gateway, 21 * MINUTE_MS)
  await (await gateway.signIn('ada')).startConnecting('openai')
  gateway.advance(7 * HOUR_MS)
  const logged: number[] = []
  gateway.intercept(({ url }) => {
    if (url.includes('external_user_id=ada')) return new Response('{}', { status: 400 })
    // The check of health comes last.
    if (url.includes('external_user_id=bob')) logged.push(gateway.complaints().length)
    return undefined
  })
  await gateway.server.reconcile()
  expect(logged.at(-1)).toBe(1)
})

test('an error of many flows is one line a minute, which counts those before', async () => {
  const gateway = await createTimedGateway()
  for (let count = 0; count < 20; count += 1) {
    await (await gateway.signIn(`user-${count}`)).startConnecting('openai')
  }
  gateway.advance(21 * MINUTE_MS)
  gateway.intercept(({ url }) =>
    url.includes('external_user_id=user-') ? new Response('{}', { status: 400 }) : undefined,
  )
  await gateway.server.reconcile()
  expect(gateway.complaints()).toMatchObject([{ msg: expect.stringContaining('in part') }])
  gateway.advance(2 * MINUTE_MS)
  await gateway.server.reconcile()
  expect(gateway.complaints()).toMatchObject([{}, { repeated: 19 }])
  gateway.intercept(({ url }) =>
    url.includes('external_user_id=user-') ? new Response('{}', { status: 403 }) : undefined,
  )
  gateway.advance(MINUTE_MS / 2)
  await gateway.server.reconcile()
  expect(gateway.complaints()).toHaveLength(3)
})
