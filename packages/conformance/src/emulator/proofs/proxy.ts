// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { refusalOf } from '../run-proof.ts'

const PROXY = '/v1/connect/{project}/proxy/{url}'
const ada = { externalUserId: 'ada' }
const json = { text: 'hi', nested: { some_key: [null] } }

/** Requests through the proxy. */
export const proxyProofs: readonly Proof[] = [
  prove('proxy.get', `GET ${PROXY}`, {
    'method and headers arrive': async ({ client, addAccount }) => {
      const accountId = addAccount('slack')
      const headers = { 'X-Custom-Header': 'v' }
      expect(await client.proxy.get({ url: '/echo', ...ada, accountId, headers })).toMatchObject({
        method: 'GET',
        headers: { 'x-custom-header': 'v' },
      })
    },
    'the provider’s refusal passes': async ({ client, addAccount }) => {
      const call = { ...ada, accountId: addAccount('slack') }
      await client.proxy.get({ url: '/echo', ...call })
      const refusal = await refusalOf(client.proxy.get({ url: '/echo?status=418', ...call }))
      expect(refusal.statusCode).toBe(418)
    },
    'other hosts: 400': async ({ client, addAccount }) => {
      const call = { ...ada, accountId: addAccount('slack') }
      await client.proxy.get({ url: '/echo', ...call })
      const refusal = await refusalOf(client.proxy.get({ url: 'https://evil.example/', ...call }))
      expect(refusal.statusCode).toBe(400)
    },
    "another user's account: 404": async ({ client, addAccount }) => {
      const accountId = addAccount('slack')
      await client.proxy.get({ url: '/echo', ...ada, accountId })
      const bob = { url: '/echo', externalUserId: 'bob', accountId }
      expect((await refusalOf(client.proxy.get(bob))).statusCode).toBe(404)
    },
  }),
  prove('proxy.get', 'GET /v1/connect//proxy/{url}', {
    'by a connect token': async ({ asUser, addAccount }) => {
      const accountId = addAccount('slack')
      const page = await asUser('ada')
      expect(await page.proxy.get({ url: '/echo', ...ada, accountId })).toMatchObject({
        method: 'GET',
      })
    },
  }),
  ...(['post', 'put', 'patch'] as const).map((name) =>
    prove(`proxy.${name}`, `${name.toUpperCase()} ${PROXY}`, {
      'the body arrives as sent': async ({ client, addAccount }) => {
        const call = { url: '/echo', ...ada, accountId: addAccount('slack'), body: json }
        const echo = await client.proxy[name](call)
        expect(echo).toMatchObject({ method: name.toUpperCase(), body: JSON.stringify(json) })
      },
    }),
  ),
  prove('proxy.delete', `DELETE ${PROXY}`, {
    'the method arrives': async ({ client, addAccount }) => {
      const call = { url: '/echo', ...ada, accountId: addAccount('slack') }
      expect(await client.proxy.delete(call)).toMatchObject({ method: 'DELETE' })
    },
  }),
]
