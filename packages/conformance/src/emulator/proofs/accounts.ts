// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

/** Connected accounts. */
export const accountProofs: readonly Proof[] = [
  prove('accounts.list', 'GET /v1/connect/{project}/accounts', {
    'walked to the end': async ({ client, emulator }) => {
      const accounts = Array.from({ length: 7 }, () => ({ app: 'slack', externalUserId: 'ada' }))
      const { accountIds } = emulator.seed({ accounts })
      const listed = await collect(client.accounts.list({ limit: 3 }))
      expect(listed.map(({ id }) => id)).toEqual(accountIds)
    },
    'of one user and app': async ({ client, addAccount }) => {
      const id = addAccount('slack', 'ada')
      addAccount('github', 'ada')
      addAccount('slack', 'bob')
      const listed = await collect(client.accounts.list({ externalUserId: 'ada', app: 'slack' }))
      expect(listed).toMatchObject([{ id, externalId: 'ada', app: { nameSlug: 'slack' } }])
      expect(await collect(client.accounts.list({ externalUserId: 'eve' }))).toEqual([])
    },
    'credentials on request': async ({ client, connectKey }) => {
      await connectKey('ada')
      const [bare] = await collect(client.accounts.list({}))
      const [full] = await collect(client.accounts.list({ includeCredentials: true }))
      expect(bare?.credentials).toBeUndefined()
      expect(full?.credentials).toEqual({ api_key: 'an-example-key' })
    },
    'environments apart': async ({ client, production, addAccount }) => {
      addAccount('slack')
      expect(await collect(client.accounts.list())).toHaveLength(1)
      expect(await collect(production.accounts.list())).toEqual([])
    },
  }),
  prove('accounts.list', 'GET /v1/connect/accounts', {
    "a connect token sees its user's": async ({ asUser, addAccount }) => {
      const id = addAccount('slack', 'ada')
      addAccount('slack', 'bob')
      const listed = await collect((await asUser('ada')).accounts.list())
      expect(listed.map((account) => account.id)).toEqual([id])
    },
  }),
  prove('accounts.create', 'POST /v1/connect/{project}/accounts', {
    'created as sent, and listed': async ({ client }) => {
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      const cfmapJson = '{"api_key":"a-key"}'
      const keys = { appSlug: 'openai', cfmapJson, connectToken: token, name: "Ada's key" }
      const created = await client.accounts.create(keys)
      expect(created).toMatchObject({ name: "Ada's key", externalId: 'ada', healthy: true })
      expect(created.createdAt).toBeInstanceOf(Date)
      expect((await collect(client.accounts.list())).map(({ id }) => id)).toEqual([created.id])
    },
    reconnected: async ({ client, connectKey }) => {
      const accountId = await connectKey('ada')
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      const cfmapJson = '{"api_key":"another-key"}'
      const keys = { appSlug: 'openai', cfmapJson, connectToken: token, accountId }
      expect((await client.accounts.create(keys)).id).toBe(accountId)
      const { credentials } = await client.accounts.retrieve(accountId, {
        includeCredentials: true,
      })
      expect(credentials).toEqual({ api_key: 'another-key' })
    },
    'a failed test is refused': async ({ client, connectKey }) => {
      const id = await connectKey('ada')
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      const cfmapJson = '{"api_key":"invalid"}'
      const refusal = await refusalOf(
        client.accounts.create({ appSlug: 'openai', cfmapJson, connectToken: token }),
      )
      expect(refusal.statusCode).toBe(400)
      expect((await collect(client.accounts.list())).map((account) => account.id)).toEqual([id])
    },
  }),
  prove('accounts.retrieve', 'GET /v1/connect/{project}/accounts/{id}', {
    'dates are dates': async ({ client, addAccount }) => {
      const account = await client.accounts.retrieve(addAccount('slack'))
      const date = expect.any(Date)
      expect(account).toMatchObject({ createdAt: date, updatedAt: date })
      expect(account).toMatchObject({ expiresAt: date, lastRefreshedAt: date, nextRefreshAt: date })
      expect(account).toMatchObject({ healthy: true, authorizedScopes: expect.any(Array) })
    },
    'an unhealthy one says why': async ({ client, emulator, addAccount }) => {
      const id = addAccount('slack')
      emulator.accounts.update(id, { dead: true, error: 'Revoked.' })
      expect(await client.accounts.retrieve(id)).toMatchObject({
        healthy: false,
        dead: true,
        error: 'Revoked.',
      })
    },
    "another user's: 404": async ({ client, asUser, addAccount }) => {
      const id = addAccount('slack', 'bob')
      await client.accounts.retrieve(id)
      const refusal = await refusalOf((await asUser('ada')).accounts.retrieve(id))
      expect(refusal.statusCode).toBe(404)
    },
  }),
  prove('accounts.delete', 'DELETE /v1/connect/{project}/accounts/{id}', {
    gone: async ({ client, addAccount }) => {
      const [id, kept] = [addAccount('slack'), addAccount('slack')]
      expect(await client.accounts.delete(id)).toBeUndefined()
      expect((await collect(client.accounts.list())).map((account) => account.id)).toEqual([kept])
      expect((await refusalOf(client.accounts.retrieve(id))).statusCode).toBe(404)
    },
  }),
  prove('accounts.deleteByApp', 'DELETE /v1/connect/{project}/apps/{app}/accounts', {
    "the app's gone, others kept": async ({ client, addAccount }) => {
      addAccount('slack', 'ada')
      addAccount('slack', 'bob')
      const kept = addAccount('github')
      await client.accounts.deleteByApp('slack')
      expect((await collect(client.accounts.list())).map(({ id }) => id)).toEqual([kept])
    },
  }),
  prove('accounts.listByExternalUser', 'GET /v1/connect/{project}/users/{user}/accounts', {
    "the user's alone": async ({ client, addAccount }) => {
      const id = addAccount('slack', 'ada 1/é')
      addAccount('github', 'ada 1/é')
      addAccount('slack', 'bob')
      const listed = await client.accounts.listByExternalUser('ada 1/é', { app: 'slack' })
      expect(listed).toMatchObject([{ id, externalId: 'ada 1/é' }])
    },
  }),
  prove('users.list', 'GET /v1/connect/{project}/users', {
    'walked to the end': async ({ client, addAccount }) => {
      for (const user of ['ada', 'bob', 'eve']) addAccount('slack', user)
      const users = await collect(client.users.list({ limit: 2 }))
      expect(users.map(({ externalId }) => externalId)).toEqual(['ada', 'bob', 'eve'])
      expect(users[0]?.createdAt).toBeInstanceOf(Date)
    },
    searched: async ({ client, addAccount }) => {
      for (const user of ['ada', 'bob']) addAccount('slack', user)
      expect(await collect(client.users.list({ q: 'ob' }))).toMatchObject([{ externalId: 'bob' }])
    },
  }),
  prove('users.deleteExternalUser', 'DELETE /v1/connect/{project}/users/{user}', {
    'gone, with the accounts': async ({ client, addAccount }) => {
      addAccount('slack', 'ada 1/2')
      addAccount('slack', 'bob')
      await client.users.deleteExternalUser('ada 1/2')
      const users = await collect(client.users.list())
      const accounts = await collect(client.accounts.list())
      expect([...users, ...accounts].map(({ externalId }) => externalId)).toEqual(['bob', 'bob'])
    },
  }),
]
