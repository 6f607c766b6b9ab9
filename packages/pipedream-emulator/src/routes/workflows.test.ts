import { expect, test } from 'vitest'
import { createHarness, newAccessToken } from '../../test/harness.ts'

const URL = 'https://eo1abc.m.pipedream.net'

async function start() {
  const harness = await createHarness()
  const invoke = async (headers: Record<string, string> = {}, url = URL) => {
    const request = new Request(`${url}/a?b=c`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"n":1}',
    })
    const response = await harness.emulator.fetch(request)
    return { status: response.status, body: await response.json() }
  }
  return { ...harness, invoke }
}

test('a workflow returns the request', async () => {
  const { invoke } = await start()
  expect(await invoke()).toEqual({
    status: 200,
    body: {
      method: 'POST',
      url: `${URL}/a?b=c`,
      path: '/a',
      query: { b: 'c' },
      headers: { 'content-type': 'application/json' },
      body: { n: 1 },
    },
  })
})

test('it is found under Pipedream’s domain and under localhost', async () => {
  const { invoke } = await start()
  for (const url of ['https://en-abc.m.pipedream.net', 'http://eo1abc.localhost:4010']) {
    expect(await invoke({}, url)).toMatchObject({ status: 200 })
  }
  expect(await invoke({}, 'https://evilm.pipedream.net')).toMatchObject({ status: 404 })
})

test('an access token with the scope invokes it for an external user, and is not returned', async () => {
  const { call, invoke } = await start()
  const token = await newAccessToken(call, 'connect:workflow:invoke')
  const { status, body } = await invoke({
    authorization: `Bearer ${token}`,
    'x-pd-external-user-id': 'ada',
  })
  expect([status, body.headers]).toMatchObject([
    200,
    { authorization: '***', 'x-pd-external-user-id': 'ada' },
  ])
  expect(JSON.stringify(body)).not.toContain(token)
})

test('the static bearer opens it, but not for an external user', async () => {
  const { invoke } = await start()
  const authorization = 'Bearer emulator-workflow-secret'
  expect(await invoke({ authorization })).toMatchObject({ status: 200 })
  const user = { 'x-pd-external-user-id': 'ada' }
  expect(await invoke({ authorization, ...user })).toMatchObject({ status: 401 })
  expect(await invoke(user)).toMatchObject({ status: 401 })
})

test('any other credential is rejected', async () => {
  const { call, invoke, newConnectToken } = await start()
  const other = await newAccessToken(call, 'connect:accounts:read')
  expect(await invoke({ authorization: 'Bearer nonsense' })).toMatchObject({ status: 401 })
  expect(await invoke({ authorization: 'Basic abc' })).toMatchObject({ status: 401 })
  expect(await invoke({ authorization: `Bearer ${other}` })).toMatchObject({ status: 403 })
  expect(await invoke({ authorization: `Bearer ${await newConnectToken()}` })).toMatchObject({
    status: 403,
  })
})
