// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { ada, deploySlack, WEBHOOK_URL } from '../deploy.ts'
import { type Proof, prove } from '../proof.ts'
import type { Scene } from '../scene.ts'

const WEBHOOKS = '/v1/connect/{project}/deployed-triggers/{id}/webhooks'
const KEY = expect.stringMatching(/^[0-9a-f]{64}$/)

async function deployWithWebhook(scene: Scene) {
  const { id } = await deploySlack(scene, { webhookUrl: WEBHOOK_URL })
  const { webhooks = [] } = await scene.client.deployedTriggers.listWebhooks(id, ada)
  const [webhook] = webhooks
  if (webhook === undefined) throw new Error('The trigger has no webhook.')
  return { id, webhook, triggers: scene.client.deployedTriggers }
}

/** The webhooks of a deployed trigger. */
export const triggerWebhookProofs: readonly Proof[] = [
  prove('deployedTriggers.listWebhooks', `GET ${WEBHOOKS}`, {
    'the one it was deployed with': async (scene) => {
      const { id, triggers } = await deployWithWebhook(scene)
      expect(await triggers.listWebhooks(id, ada)).toMatchObject({
        webhookUrls: [WEBHOOK_URL],
        webhooks: [{ url: WEBHOOK_URL, signingKey: KEY }],
      })
    },
  }),
  prove('deployedTriggers.listWebhooks', 'GET /v1/connect/deployed-triggers/{id}/webhooks', {
    'no keys for a connect token': async (scene) => {
      const { id } = await deployWithWebhook(scene)
      const page = await scene.asUser('ada')
      const { webhooks = [] } = await page.deployedTriggers.listWebhooks(id, ada)
      expect(webhooks).toHaveLength(1)
      expect(webhooks[0]?.signingKey).toBeUndefined()
    },
  }),
  prove('deployedTriggers.updateWebhooks', `PUT ${WEBHOOKS}`, {
    'a known address keeps its key': async (scene) => {
      const { id, webhook, triggers } = await deployWithWebhook(scene)
      const webhookUrls = [WEBHOOK_URL, 'https://app.example.com/more']
      const updated = await triggers.updateWebhooks(id, { ...ada, webhookUrls })
      expect(updated.webhookUrls).toEqual(webhookUrls)
      expect(updated.webhooks?.find(({ url }) => url === WEBHOOK_URL)).toEqual(webhook)
    },
    'replaces the set': async (scene) => {
      const { id, triggers } = await deployWithWebhook(scene)
      await triggers.updateWebhooks(id, { ...ada, webhookUrls: [] })
      expect(await triggers.listWebhooks(id, ada)).toMatchObject({ webhookUrls: [], webhooks: [] })
    },
  }),
  prove('deployedTriggers.retrieveWebhook', `GET ${WEBHOOKS}/{webhook}`, {
    'the same as listed': async (scene) => {
      const { id, webhook, triggers } = await deployWithWebhook(scene)
      const { data } = await triggers.retrieveWebhook(id, webhook.id, ada)
      expect(data).toMatchObject({ ...webhook, createdAt: expect.any(Number) })
    },
  }),
  prove(
    'deployedTriggers.regenerateWebhookSigningKey',
    `POST ${WEBHOOKS}/{webhook}/regenerate_signing_key`,
    {
      'another key, the same webhook': async (scene) => {
        const { id, webhook, triggers } = await deployWithWebhook(scene)
        const { data } = await triggers.regenerateWebhookSigningKey(id, webhook.id, ada)
        expect(data).toMatchObject({ id: webhook.id, url: WEBHOOK_URL, signingKey: KEY })
        expect(data.signingKey).not.toBe(webhook.signingKey)
      },
    },
  ),
]
