// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { Pipedream } from '@pipedream/sdk'
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

const slack = { app: 'slack', clientId: '111.222', clientSecret: 'an-example' }
const details = { name: 'Acme Slack', description: 'For Acme', scopes: ['chat:write'] }

/** Custom OAuth clients. */
export const oauthAppProofs: readonly Proof[] = [
  prove('oauthApps.list', 'GET /v1/connect/{project}/oauth_apps', {
    'walked to the end': async ({ client }) => {
      const created = [
        await client.oauthApps.create(slack),
        await client.oauthApps.create({ ...slack, app: 'github' }),
        await client.oauthApps.create(slack),
      ]
      expect(await collect(client.oauthApps.list({ limit: 2 }))).toEqual(created)
    },
    'of an app, searched': async ({ client }) => {
      const { id } = await client.oauthApps.create({ ...slack, name: 'Acme' })
      await client.oauthApps.create({ ...slack, name: 'Other' })
      await client.oauthApps.create({ ...slack, app: 'github', name: 'Acme' })
      const found = await collect(client.oauthApps.list({ app: 'slack', q: 'acm' }))
      expect(found.map((one) => one.id)).toEqual([id])
    },
    'of an unknown app: 404': async ({ client }) => {
      await client.oauthApps.list()
      const refusal = await refusalOf(client.oauthApps.list({ app: 'no_such_app' }))
      expect(refusal).toBeInstanceOf(Pipedream.NotFoundError)
    },
  }),
  prove('oauthApps.create', 'POST /v1/connect/{project}/oauth_apps', {
    'created as sent, the secret kept': async ({ client, emulator }) => {
      const additionalScopes = ['files:read']
      const created = await client.oauthApps.create({ ...slack, ...details, additionalScopes })
      expect(created).toMatchObject({ ...details, additionalScopes, clientId: '111.222' })
      expect(created).toMatchObject({ nameSlug: 'slack', ownerId: emulator.credentials.projectId })
      expect(created.createdAt).toBeInstanceOf(Date)
      expect(JSON.stringify(created)).not.toContain(slack.clientSecret)
    },
    'for an app with keys: 400': async ({ client }) => {
      await client.oauthApps.create(slack)
      const refusal = await refusalOf(client.oauthApps.create({ ...slack, app: 'openai' }))
      expect(refusal).toBeInstanceOf(Pipedream.BadRequestError)
    },
  }),
  prove('oauthApps.retrieve', 'GET /v1/connect/{project}/oauth_apps/{id}', {
    'the same as created': async ({ client }) => {
      const created = await client.oauthApps.create({ ...slack, ...details })
      expect(await client.oauthApps.retrieve(created.id ?? '')).toEqual(created)
    },
  }),
  prove('oauthApps.update', 'PUT /v1/connect/{project}/oauth_apps/{id}', {
    'changed in part': async ({ client }) => {
      const { id = '' } = await client.oauthApps.create({ ...slack, ...details })
      await client.oauthApps.update(id, { name: 'New', clientSecret: 'another-example' })
      const now = await client.oauthApps.retrieve(id)
      expect(now).toMatchObject({ ...details, name: 'New', clientId: '111.222' })
    },
  }),
  prove('oauthApps.delete', 'DELETE /v1/connect/{project}/oauth_apps/{id}', {
    gone: async ({ client }) => {
      const { id = '' } = await client.oauthApps.create(slack)
      await client.oauthApps.delete(id)
      expect(await collect(client.oauthApps.list())).toEqual([])
      expect((await refusalOf(client.oauthApps.retrieve(id))).statusCode).toBe(404)
    },
    'in use: 400': async ({ client }) => {
      const { id: oauthAppId = '' } = await client.oauthApps.create(slack)
      const preset = await client.appOverrides.create({ app: 'slack', name: 'a', oauthAppId })
      const refusal = await refusalOf(client.oauthApps.delete(oauthAppId))
      expect(refusal).toBeInstanceOf(Pipedream.BadRequestError)
      await client.appOverrides.delete(preset.id)
      await client.oauthApps.delete(oauthAppId)
    },
  }),
]
