import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'

const PATH = '/v1/connect/proj_emulator/webhook'
const KEY = /^[0-9a-f]{64}$/
const put = (url: unknown) => ({ method: 'PUT', json: { url } })

test('the signing key is returned only when it is created', async () => {
  const { asServer } = await createHarness({ now: () => new Date('2026-01-01T00:00:00.900Z') })
  expect(await asServer(PATH)).toMatchObject({ status: 200, body: { data: null } })
  const created = await asServer(PATH, put('https://app.example/hooks'))
  const webhook = {
    id: expect.any(String),
    url: 'https://app.example/hooks',
    signing_key_set: true,
    created_at: 1_767_225_600,
    updated_at: 1_767_225_600,
  }
  expect(created.body.data).toEqual({ ...webhook, signing_key: expect.stringMatching(KEY) })
  expect((await asServer(PATH)).body.data).toEqual(webhook)
  const moved = await asServer(PATH, put('https://app.example/moved'))
  expect(moved.body.data).toEqual({
    ...webhook,
    id: created.body.data.id,
    url: 'https://app.example/moved',
  })
  const renewed = await asServer(`${PATH}/regenerate_signing_key`, { method: 'POST' })
  expect(renewed.body.data.signing_key).toMatch(KEY)
  expect(renewed.body.data.signing_key).not.toBe(created.body.data.signing_key)
})

test('each environment has its own, and it can be deleted', async () => {
  const { asServer } = await createHarness()
  await asServer(PATH, put('https://app.example/hooks'))
  const production = { environment: 'production' }
  expect((await asServer(PATH, production)).body).toEqual({ data: null })
  const remove = { method: 'DELETE' }
  expect(await asServer(PATH, { ...remove, ...production })).toMatchObject({ status: 404 })
  expect(await asServer(PATH, remove)).toMatchObject({ status: 204, body: '' })
  expect((await asServer(PATH)).body).toEqual({ data: null })
  const regenerate = await asServer(`${PATH}/regenerate_signing_key`, { method: 'POST' })
  expect(regenerate).toMatchObject({ status: 404 })
})

test.each([[''], [null], ['not a url'], ['javascript:alert(1)']])(
  'the address %j is rejected',
  async (url) => {
    const { asServer } = await createHarness()
    expect(await asServer(PATH, put(url))).toMatchObject({ status: 400 })
    expect((await asServer(PATH)).body).toEqual({ data: null })
  },
)
