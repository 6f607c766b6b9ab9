import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { stubPipedream } from '../../../test/stub-pipedream.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })
const { signing_key, ...keyless } = samples.webhook

test('get reads the webhook, without its key', async () => {
  const { client, calls } = respondingWith({ data: keyless })
  await expect(client.projectWebhook.get()).resolves.toEqual({
    id: 'wh_example',
    url: 'https://app.example.com/hooks/all',
    signingKey: null,
    signingKeySet: true,
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    updatedAt: new Date('2026-01-01T00:00:00.000Z'),
    raw: keyless,
  })
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/proj_stub/webhook' }])
})

test('get resolves to null without a webhook', async () => {
  const { client } = respondingWith({ data: null })
  await expect(client.projectWebhook.get()).resolves.toBeNull()
})

test('get rejects an object without data', async () => {
  const { client } = respondingWith({ status: 'ok' })
  await expect(client.projectWebhook.get()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
})

test('update sends the URL, and returns a new key', async () => {
  const { client, calls } = respondingWith({ data: samples.webhook })
  const { signingKey } = await client.projectWebhook.update({ url: samples.webhook.url })
  expect(signingKey).toBe(signing_key)
  expect(calls).toMatchObject([{ method: 'PUT', path: '/v1/connect/proj_stub/webhook' }])
  expect(calls[0]?.body).toEqual({ url: samples.webhook.url })
})

test('update rejects null', async () => {
  const { client } = respondingWith({ data: null })
  await expect(client.projectWebhook.update({ url: samples.webhook.url })).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
  })
})

test('delete sends a DELETE', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.projectWebhook.delete()).resolves.toBeUndefined()
  expect(calls).toMatchObject([{ method: 'DELETE', path: '/v1/connect/proj_stub/webhook' }])
})

test('regenerateSigningKey sends no body, and returns the new key', async () => {
  const { client, calls } = respondingWith({ data: samples.webhook })
  await expect(client.projectWebhook.regenerateSigningKey()).resolves.toMatchObject({
    signingKey: signing_key,
  })
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/v1/connect/proj_stub/webhook/regenerate_signing_key',
      body: undefined,
    },
  ])
})

test('regenerateSigningKey is sent once, even after a failure', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response('{}', { status: 503 }) })
  await expect(client.projectWebhook.regenerateSigningKey()).rejects.toMatchObject({
    code: 'ERR_UPSTREAM',
  })
  expect(calls).toHaveLength(1)
})

test.each(['', 'app.example.com/hooks', 'ftp://app.example.com', 'javascript:alert(1)', undefined])(
  'update refuses the address %o before anything is sent',
  async (url) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.projectWebhook.update({ url } as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'url',
    })
    expect(tokenRequests).toHaveLength(0)
  },
)

test('an invalid response is reported without its key', async () => {
  const { client } = respondingWith({ data: { ...samples.webhook, created_at: 'today' } })
  const error: unknown = await client.projectWebhook
    .regenerateSigningKey()
    .catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(signing_key)
})
