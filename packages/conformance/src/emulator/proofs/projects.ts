// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { Pipedream } from '@pipedream/sdk'
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

const acme = {
  name: 'Acme prod',
  appName: 'Acme',
  supportEmail: 'help@example.com',
  connectRequireKeyAuthTest: false,
}

/** Projects, their webhook, and usage. */
export const projectProofs: readonly Proof[] = [
  prove('projects.list', 'GET /v1/connect/projects', {
    'created ones too, searched': async ({ client, emulator }) => {
      const { id } = await client.projects.create(acme)
      const listed = await collect(client.projects.list({ limit: 1 }))
      expect(listed.map((project) => project.id)).toEqual([emulator.credentials.projectId, id])
      expect(await collect(client.projects.list({ q: 'acme prod' }))).toMatchObject([{ id }])
    },
  }),
  prove('projects.create', 'POST /v1/connect/projects', {
    'created as sent': async ({ client }) => {
      const { data, rawResponse } = await client.projects.create(acme).withRawResponse()
      expect(rawResponse.status).toBe(201)
      expect(data).toEqual({ id: expect.stringMatching(/^proj_\w+$/), ...acme })
    },
  }),
  prove('projects.retrieve', 'GET /v1/connect/projects/{id}', {
    'the same as created': async ({ client }) => {
      const created = await client.projects.create(acme)
      expect(await client.projects.retrieve(created.id)).toEqual(created)
    },
    'an unknown one: 404': async ({ client }) => {
      const { id } = await client.projects.create(acme)
      await client.projects.retrieve(id)
      expect((await refusalOf(client.projects.retrieve('proj_none'))).statusCode).toBe(404)
    },
  }),
  prove('projects.update', 'PATCH /v1/connect/projects/{id}', {
    'changed in part': async ({ client }) => {
      const { id } = await client.projects.create(acme)
      await client.projects.update(id, { name: 'New' })
      expect(await client.projects.retrieve(id)).toEqual({ id, ...acme, name: 'New' })
    },
  }),
  prove('projects.delete', 'DELETE /v1/connect/projects/{id}', {
    gone: async ({ client }) => {
      const { id } = await client.projects.create(acme)
      await client.projects.delete(id)
      expect((await refusalOf(client.projects.retrieve(id))).statusCode).toBe(404)
    },
  }),
  prove('projects.updateLogo', 'POST /v1/connect/projects/{id}/logo', {
    'an image taken': async ({ client, emulator }) => {
      const logo = 'data:image/png;base64,iVBORw0KGgo='
      const { projectId } = emulator.credentials
      expect(await client.projects.updateLogo(projectId, { logo })).toBeUndefined()
    },
    'anything else: 400': async ({ client, emulator }) => {
      const { projectId } = emulator.credentials
      await client.projects.updateLogo(projectId, { logo: 'data:image/png;base64,iVBORw0KGgo=' })
      const refusal = await refusalOf(client.projects.updateLogo(projectId, { logo: 'a picture' }))
      expect(refusal).toBeInstanceOf(Pipedream.BadRequestError)
    },
  }),
  prove('projects.retrieveInfo', 'GET /v1/connect/{project}/projects/info', {
    'apps with a client of its own': async ({ client }) => {
      const { id } = await client.oauthApps.create({
        app: 'slack',
        clientId: 'a',
        clientSecret: 'an-example',
      })
      expect(await client.projects.retrieveInfo()).toEqual({ apps: [{ id, nameSlug: 'slack' }] })
    },
  }),
  prove('projectEnvironment.retrieveWebhook', 'GET /v1/connect/{project}/webhook', {
    'none, then the one that was set': async ({ client, production }) => {
      expect((await client.projectEnvironment.retrieveWebhook()).data ?? null).toBeNull()
      await client.projectEnvironment.updateWebhook({ url: 'https://app.example.com/a' })
      const { data } = await client.projectEnvironment.retrieveWebhook()
      expect(data).toMatchObject({ url: 'https://app.example.com/a', signingKeySet: true })
      expect(typeof data?.createdAt).toBe('number')
      expect((await production.projectEnvironment.retrieveWebhook()).data ?? null).toBeNull()
    },
  }),
  prove('projectEnvironment.updateWebhook', 'PUT /v1/connect/{project}/webhook', {
    'its key returned once': async ({ client }) => {
      const set = (url: string) => client.projectEnvironment.updateWebhook({ url })
      const { data: created } = await set('https://app.example.com/a')
      const { data: changed } = await set('https://app.example.com/b')
      expect(created.signingKey).toMatch(/^[0-9a-f]{64}$/)
      expect(changed).toMatchObject({ id: created.id, url: 'https://app.example.com/b' })
      expect(changed.signingKey).toBeUndefined()
    },
  }),
  prove('projectEnvironment.deleteWebhook', 'DELETE /v1/connect/{project}/webhook', {
    gone: async ({ client }) => {
      await client.projectEnvironment.updateWebhook({ url: 'https://app.example.com/a' })
      await client.projectEnvironment.deleteWebhook()
      expect((await client.projectEnvironment.retrieveWebhook()).data ?? null).toBeNull()
    },
  }),
  prove(
    'projectEnvironment.regenerateWebhookSigningKey',
    'POST /v1/connect/{project}/webhook/regenerate_signing_key',
    {
      'another key, the same webhook': async ({ client }) => {
        const url = 'https://app.example.com/a'
        const { data: before } = await client.projectEnvironment.updateWebhook({ url })
        const { data: after } = await client.projectEnvironment.regenerateWebhookSigningKey()
        expect(after).toMatchObject({ id: before.id, url })
        expect(after.signingKey).toMatch(/^[0-9a-f]{64}$/)
        expect(after.signingKey).not.toBe(before.signingKey)
      },
    },
  ),
  prove('usage.list', 'GET /v1/connect/usage', {
    'of the span that was asked for': async ({ client }) => {
      const { data } = await client.usage.list({ startTs: 1_767_225_600, endTs: 1_767_312_000 })
      expect(data).toMatchObject([
        { usageStartTs: 1_767_225_600, usageEndTs: 1_767_312_000, creditsUsed: 0 },
      ])
    },
    'an end before the start: 400': async ({ client }) => {
      await client.usage.list({ startTs: 1, endTs: 2 })
      const refusal = await refusalOf(client.usage.list({ startTs: 2, endTs: 1 }))
      expect(refusal).toBeInstanceOf(Pipedream.BadRequestError)
    },
  }),
]
