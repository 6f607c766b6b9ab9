import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { refuse, stubPipedream } from '../../../test/stub-pipedream.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })
const input = { key: 'slack-send-message', externalUserId: 'ada' }

test('run runs an action for a user', async () => {
  const { client, calls } = respondingWith(samples.actionRun)
  const configuredProps = { slack: { authProvisionId: 'apn_1' }, channel_id: 'C01' }
  const run = await client.actions.run({
    ...input,
    version: '0.1.2',
    configuredProps,
    dynamicPropsId: 'dyp_1',
    stashId: 'NEW',
  })
  expect(run).toEqual({
    ok: true,
    returnValue: { ok: true },
    exports: { $summary: 'Sent' },
    stashId: '0123456789abcdef',
    observations: [
      {
        kind: 'console.log',
        message: 'done',
        at: new Date('2026-01-01'),
        error: null,
        raw: samples.actionRun.os[0],
      },
    ],
    raw: samples.actionRun,
  })
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({ method: 'POST', path: '/v1/connect/proj_stub/actions/run' })
  expect(calls[0]?.body).toEqual({
    id: 'slack-send-message',
    version: '0.1.2',
    external_user_id: 'ada',
    configured_props: configuredProps,
    dynamic_props_id: 'dyp_1',
    stash_id: 'NEW',
  })
})

test('an action that fails with a 200 response has no return value', async () => {
  const err = { name: 'Error', message: 'not_in_channel', stack: 'at run' }
  const response = { exports: {}, os: [{ k: 'error', ts: 1_767_225_600_000, err }], ret: null }
  const { client } = respondingWith(response)
  const run = await client.actions.run(input)
  expect(run).toMatchObject({
    ok: false,
    error: { name: 'Error', message: 'not_in_channel' },
    observations: [{ kind: 'error', raw: { err } }],
    raw: response,
  })
  expect(run).not.toHaveProperty('returnValue')
})

test('the types force callers to check for failure', async () => {
  const { client } = respondingWith(samples.actionRun)
  const run = await client.actions.run(input)
  // @ts-expect-error -- the return value exists only after `ok` was checked
  expect(run.returnValue).toBeDefined()
  expect(run.ok && run.returnValue).toEqual({ ok: true })
})

test.each([
  ['ret alone', { ret: 0 }, { returnValue: 0, exports: {}, stashId: null }],
  ['the older name of the stash', { ret: 1, stashId: 'a' }, { stashId: 'a' }],
  ['no return value', { os: [], exports: null }, { returnValue: null }],
])('a response with %s is read', async (_, response, expected) => {
  const { client } = respondingWith(response)
  await expect(client.actions.run(input)).resolves.toMatchObject({ ok: true, ...expected })
})

test.each([{}, { async_handle: 'h' }, { ret: 1, os: 'none' }, { ret: 1, exports: [] }, []])(
  'a response that is not an action’s result is rejected (%#)',
  async (response) => {
    const { client } = respondingWith(response)
    await expect(client.actions.run(input)).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  },
)

test('a blank stash is rejected before anything is sent', async () => {
  const { client, tokenRequests } = stubPipedream()
  const run = client.actions.run({ ...input, stashId: '' })
  await expect(run).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'stashId' })
  expect(tokenRequests).toHaveLength(0)
})

test('an unknown action is reported', async () => {
  const { client } = stubPipedream({ onCall: () => refuse(404) })
  await expect(client.actions.run(input)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})
