import { expect, test } from 'vitest'
import { withChanges } from '../../test/response-body.ts'
import { deploy, triggerPath } from '../../test/deploy.ts'
import { createHarness } from '../../test/harness.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const ONE = 'https://app.example/one'
const TWO = 'https://app.example/two'
const KEY = /^[0-9a-f]{64}$/

async function start() {
  const harness = await createHarness({ now: () => NOW })
  const { body } = await deploy(harness, { webhook_url: ONE })
  const id: string = body.data.id
  return {
    ...harness,
    id,
    deployKey: body.data.webhook_signing_key,
    put: (webhook_urls: unknown) =>
      harness.asServer(triggerPath(id, '/webhooks'), { method: 'PUT', json: { webhook_urls } }),
  }
}

test('the webhook from the deployment, and an address that stays keeps its id and key', async () => {
  const { asServer, put, id, deployKey } = await start()
  const { body } = await asServer(triggerPath(id, '/webhooks'))
  const one = { id: expect.any(String), url: ONE, signing_key: deployKey, signing_key_set: true }
  expect(body).toEqual({ webhook_urls: [ONE], webhooks: [one] })
  const both = await put([TWO, ONE, TWO])
  expect(both.body.webhook_urls).toEqual([TWO, ONE])
  expect(both.body.webhooks[1]).toEqual(body.webhooks[0])
  expect(both.body.webhooks[0]?.signing_key).toMatch(KEY)
  expect(both.body.webhooks[0]?.signing_key).not.toBe(deployKey)
  expect((await put([])).body).toEqual({ webhook_urls: [], webhooks: [] })
})

test('one webhook, and a new key for it', async () => {
  const { asServer, put, id, deployKey, emulator } = await start()
  const { webhooks } = (await put([ONE, TWO])).body
  const path = (rest = '') => triggerPath(id, `/webhooks/${webhooks[0]?.id}${rest}`)
  const seconds = NOW.getTime() / 1000
  const first = withChanges(webhooks[0] ?? {}, { created_at: seconds, updated_at: seconds })
  expect((await asServer(path())).body).toEqual({ data: first })
  emulator.clock.advance(5000)
  const renewed = await asServer(path('/regenerate_signing_key'), { method: 'POST' })
  expect(renewed.body.data).toEqual({
    ...first,
    signing_key: expect.stringMatching(KEY),
    updated_at: seconds + 5,
  })
  expect(renewed.body.data.signing_key).not.toBe(deployKey)
  expect((await asServer(path())).body).toEqual(renewed.body)
  const all = (await asServer(triggerPath(id, '/webhooks'))).body.webhooks
  expect(all[1]).toEqual(webhooks[1])
  expect(await asServer(triggerPath(id, '/webhooks/wh_Unknown'))).toMatchObject({ status: 404 })
})

test.each([[null], [ONE], [[1]], [['not a url']], [['javascript:alert(1)']]])(
  'the addresses %j are rejected, and nothing changes',
  async (urls) => {
    const { asServer, put, id } = await start()
    expect(await put(urls)).toMatchObject({ status: 400 })
    const { body } = await asServer(triggerPath(id, '/webhooks'))
    expect(body.webhook_urls).toEqual([ONE])
  },
)

test('a user may read and set the addresses, and never a key', async () => {
  const { call, newConnectToken, id, deployKey } = await start()
  const bearer = await newConnectToken()
  const path = triggerPath(id, '/webhooks')
  const read = await call(path, { bearer })
  const hidden = { id: expect.any(String), url: ONE, signing_key_set: true }
  expect(read.body).toEqual({ webhook_urls: [ONE], webhooks: [hidden] })
  const put = await call(path, { method: 'PUT', bearer, json: { webhook_urls: [ONE, TWO] } })
  expect(put.body.webhooks[0]).toEqual(read.body.webhooks[0])
  expect(put.body.webhooks[1]).not.toHaveProperty('signing_key')
  const one = triggerPath(id, `/webhooks/${read.body.webhooks[0]?.id}`)
  const response = await call(one, { bearer })
  expect(response).toMatchObject({ status: 403 })
  expect(JSON.stringify(response.body)).not.toContain(deployKey)
  const renewing = one.replace('?', '/regenerate_signing_key?')
  expect(await call(renewing, { method: 'POST', bearer })).toMatchObject({ status: 403 })
})
