// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { Pipedream } from '@pipedream/sdk'
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

const preset = { app: 'zendesk', name: 'acme', cfmap: { subdomain: 'acme' } }

/** Preset values of an app's fields. */
export const appOverrideProofs: readonly Proof[] = [
  prove('appOverrides.list', 'GET /v1/connect/{project}/app_overrides', {
    'walked to the end': async ({ client }) => {
      const created = [
        await client.appOverrides.create(preset),
        await client.appOverrides.create({ ...preset, name: 'b' }),
        await client.appOverrides.create({ ...preset, name: 'c' }),
      ]
      expect(await collect(client.appOverrides.list({ limit: 2 }))).toEqual(created)
    },
    'of an app': async ({ client }) => {
      const created = await client.appOverrides.create(preset)
      await client.appOverrides.create({ app: 'slack', name: 'b' })
      expect(await collect(client.appOverrides.list({ app: 'zendesk' }))).toEqual([created])
    },
    'of an unknown app: 404': async ({ client }) => {
      await client.appOverrides.list()
      const refusal = await refusalOf(client.appOverrides.list({ app: 'no_such_app' }))
      expect(refusal).toBeInstanceOf(Pipedream.NotFoundError)
    },
  }),
  prove('appOverrides.create', 'POST /v1/connect/{project}/app_overrides', {
    'created as sent': async ({ client, emulator }) => {
      const created = await client.appOverrides.create(preset)
      const { projectId: ownerId } = emulator.credentials
      const { app: nameSlug, ...rest } = preset
      expect(created).toMatchObject({ ...rest, ownerId, app: { nameSlug } })
      expect(created.createdAt).toBeInstanceOf(Date)
    },
    'a name twice, or a secret: 400': async ({ client }) => {
      await client.appOverrides.create(preset)
      const secret = { app: 'openai', name: 'b', cfmap: { api_key: 'a' } }
      for (const refused of [preset, secret]) {
        const refusal = await refusalOf(client.appOverrides.create(refused))
        expect(refusal).toBeInstanceOf(Pipedream.BadRequestError)
      }
    },
    'filled in when connecting': async ({ client }) => {
      const { id: appOverrideId } = await client.appOverrides.create(preset)
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      expect(await client.tokens.validate(token, { appOverrideId })).toMatchObject({
        success: true,
        app: { nameSlug: 'zendesk' },
        appOverrideId,
        appOverrideFieldNames: ['subdomain'],
      })
    },
  }),
  prove('appOverrides.retrieve', 'GET /v1/connect/{project}/app_overrides/{id}', {
    'the same as created': async ({ client }) => {
      const created = await client.appOverrides.create(preset)
      expect(await client.appOverrides.retrieve(created.id)).toEqual(created)
    },
  }),
  prove('appOverrides.update', 'PUT /v1/connect/{project}/app_overrides/{id}', {
    'changed in part': async ({ client }) => {
      const { id } = await client.appOverrides.create(preset)
      await client.appOverrides.update(id, { name: 'b' })
      const now = await client.appOverrides.retrieve(id)
      expect(now).toMatchObject({ name: 'b', cfmap: preset.cfmap })
      expect(now.updatedAt).toBeInstanceOf(Date)
    },
    'null takes the client off': async ({ client }) => {
      const { id: oauthAppId = '' } = await client.oauthApps.create({
        app: 'zendesk',
        clientId: 'a',
        clientSecret: 'an-example',
      })
      const { id, ...created } = await client.appOverrides.create({ ...preset, oauthAppId })
      expect(created.oauthAppId).toBe(oauthAppId)
      // @ts-expect-error -- the official types do not allow null, but the client sends it.
      await client.appOverrides.update(id, { oauthAppId: null })
      expect((await client.appOverrides.retrieve(id)).oauthAppId ?? null).toBeNull()
    },
  }),
  prove('appOverrides.delete', 'DELETE /v1/connect/{project}/app_overrides/{id}', {
    gone: async ({ client }) => {
      const { id } = await client.appOverrides.create(preset)
      await client.appOverrides.delete(id)
      expect(await collect(client.appOverrides.list())).toEqual([])
      expect((await refusalOf(client.appOverrides.retrieve(id))).statusCode).toBe(404)
    },
  }),
]
