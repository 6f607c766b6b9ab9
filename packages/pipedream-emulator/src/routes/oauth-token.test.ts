import { expect, test } from 'vitest'
import { createHarness, newAccessToken } from '../../test/harness.ts'
import { createEmulator } from '../index.ts'

const GRANT = {
  grant_type: 'client_credentials',
  client_id: 'emulator-client',
  client_secret: 'emulator-secret',
}

test('client credentials are exchanged for a bearer token of one hour', async () => {
  const { call } = await createHarness()
  const { status, body } = await call('/v1/oauth/token', { method: 'POST', json: GRANT })
  expect(status).toBe(200)
  expect(body).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3600,
  })
})

test('the token is valid for an hour', async () => {
  const { emulator, call } = await createHarness()
  const bearer = await newAccessToken(call)
  emulator.clock.advance(3_599_000)
  expect(await call('/v1/connect/apps', { bearer })).toMatchObject({ status: 200 })
  emulator.clock.advance(1000)
  expect(await call('/v1/connect/apps', { bearer })).toMatchObject({ status: 401 })
})

test('a form is accepted as well as JSON', async () => {
  const response = await createEmulator().fetch(
    new Request('http://localhost/v1/oauth/token', {
      method: 'POST',
      body: new URLSearchParams(GRANT),
    }),
  )
  expect(response.status).toBe(200)
})

test.each([
  ['a wrong secret', { ...GRANT, client_secret: 'wrong' }, 401, 'invalid_client'],
  ['an unknown client', { ...GRANT, client_id: 'wrong' }, 401, 'invalid_client'],
  ['no client at all', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
  ['another grant', { ...GRANT, grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['an unknown scope', { ...GRANT, scope: 'connect:* everything' }, 400, 'invalid_scope'],
  ['a list', [], 400, 'invalid_request'],
  ['null', null, 400, 'invalid_request'],
])('%s is rejected', async (...[, json, status, error]) => {
  const { call } = await createHarness()
  expect(await call('/v1/oauth/token', { method: 'POST', json })).toMatchObject({
    status,
    body: { error, error_description: expect.any(String) },
  })
})

test('an emulator requires its own credentials', async () => {
  const emulator = createEmulator({ clientId: 'mine', clientSecret: 'hush', projectId: 'proj_1' })
  expect(emulator.credentials).toEqual({
    clientId: 'mine',
    clientSecret: 'hush',
    projectId: 'proj_1',
  })
  const body = JSON.stringify({ ...GRANT, client_id: 'mine', client_secret: 'hush' })
  const request = new Request('http://localhost/v1/oauth/token', { method: 'POST', body })
  expect(await emulator.fetch(request)).toMatchObject({ status: 200 })
})

test('JSON that curl labels as a form is still parsed', async () => {
  const response = await createEmulator().fetch(
    new Request('http://localhost:4010/v1/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: JSON.stringify(GRANT),
    }),
  )
  expect(response.status).toBe(200)
})
