// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import { ada, deployHttp, deploySlack, WEBHOOK_URL } from '../deploy.ts'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

const ONE = '/v1/connect/{project}/deployed-triggers/{id}'

/** Deployed triggers, their events and destinations. */
export const deployedTriggerProofs: readonly Proof[] = [
  prove('triggers.deploy', 'POST /v1/connect/{project}/triggers/deploy', {
    'deployed as sent, and listed': async (scene) => {
      const deployed = await deploySlack(scene, { emitOnDeploy: false })
      expect(deployed).toMatchObject({ componentKey: 'slack-new-message', active: true })
      expect(deployed).toMatchObject({ emitOnDeploy: false, createdAt: expect.any(Number) })
      expect(await collect(scene.client.deployedTriggers.list(ada))).toEqual([deployed])
    },
    'its events signed with the key': async (scene) => {
      const { id, webhookSigningKey = '' } = await deploySlack(scene, { webhookUrl: WEBHOOK_URL })
      scene.emulator.triggers.emit(id, { text: 'hello' })
      await expect.poll(() => scene.sent).toHaveLength(1)
      const [{ url, body, headers } = { url: '', body: '', headers: new Headers() }] = scene.sent
      expect([url, JSON.parse(body)]).toEqual([WEBHOOK_URL, { text: 'hello' }])
      const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(headers.get('x-pd-signature') ?? '') ?? []
      const expected = createHmac('sha256', webhookSigningKey).update(`${t}.${body}`)
      expect(v1).toBe(expected.digest('hex'))
    },
    'an address, or a timer': async (scene) => {
      const { endpointUrl } = await deployHttp(scene)
      expect(URL.canParse(endpointUrl)).toBe(true)
      const { data } = await scene.client.triggers.deploy({
        id: 'schedule-custom-interval',
        ...ada,
        configuredProps: { cron: { intervalSeconds: 900 } },
      })
      expect(data).toMatchObject({ type: 'TimerInterface', intervalSeconds: 900 })
    },
    "another user's account: 500": async (scene) => {
      await deploySlack(scene)
      const configuredProps = { slack: { authProvisionId: scene.addAccount('slack', 'bob') } }
      const refusal = await refusalOf(
        scene.client.triggers.deploy(
          { id: 'slack-new-message', ...ada, configuredProps },
          { maxRetries: 0 },
        ),
      )
      expect(refusal.statusCode).toBe(500)
    },
  }),
  prove('deployedTriggers.list', 'GET /v1/connect/{project}/deployed-triggers', {
    'walked to the end': async (scene) => {
      const deployed = [await deploySlack(scene), await deploySlack(scene)]
      const listed = await collect(scene.client.deployedTriggers.list({ ...ada, limit: 1 }))
      expect(listed).toEqual(deployed)
    },
    'of one user and kind': async (scene) => {
      await deploySlack(scene)
      const http = await deployHttp(scene)
      const { deployedTriggers } = scene.client
      expect(await collect(deployedTriggers.list({ ...ada, emitterType: 'http' }))).toEqual([http])
      expect(await collect(deployedTriggers.list({ externalUserId: 'bob' }))).toEqual([])
    },
  }),
  prove('deployedTriggers.retrieve', `GET ${ONE}`, {
    'the same as deployed': async (scene) => {
      const deployed = await deploySlack(scene)
      expect(await scene.client.deployedTriggers.retrieve(deployed.id, ada)).toEqual({
        data: deployed,
      })
    },
    "another user's: 404": async (scene) => {
      const { id } = await deploySlack(scene)
      const { deployedTriggers } = scene.client
      await deployedTriggers.retrieve(id, ada)
      const refusal = await refusalOf(deployedTriggers.retrieve(id, { externalUserId: 'bob' }))
      expect(refusal.statusCode).toBe(404)
    },
  }),
  prove('deployedTriggers.update', `PUT ${ONE}`, {
    'changed in part; inactive emits nothing': async (scene) => {
      const { id, configuredProps } = await deploySlack(scene)
      const { deployedTriggers } = scene.client
      await deployedTriggers.update(id, { ...ada, active: false, name: 'Resting' })
      const { data } = await deployedTriggers.retrieve(id, ada)
      expect(data).toMatchObject({ active: false, name: 'Resting', configuredProps })
      scene.emulator.triggers.emit(id, {})
      expect((await deployedTriggers.listEvents(id, ada)).data).toEqual([])
    },
  }),
  prove('deployedTriggers.delete', `DELETE ${ONE}`, {
    gone: async (scene) => {
      const { id } = await deploySlack(scene)
      const { deployedTriggers } = scene.client
      await deployedTriggers.delete(id, { ...ada, ignoreHookErrors: true })
      expect(await collect(deployedTriggers.list(ada))).toEqual([])
      expect((await refusalOf(deployedTriggers.retrieve(id, ada))).statusCode).toBe(404)
    },
  }),
  prove('deployedTriggers.listEvents', `GET ${ONE}/events`, {
    'newest first, as many as asked for': async (scene) => {
      const { id } = await deployHttp(scene)
      for (const number of [1, 2, 3]) {
        scene.emulator.triggers.emit(id, { number }, { summary: `Number ${number}` })
      }
      const { data } = await scene.client.deployedTriggers.listEvents(id, { ...ada, n: 2 })
      expect(data.map(({ e }) => e)).toEqual([{ number: 3 }, { number: 2 }])
      expect(data[0]?.ts).toBeTypeOf('number')
    },
  }),
  prove('deployedTriggers.listWorkflows', `GET ${ONE}/pipelines`, {
    'none, then those that were set': async (scene) => {
      const { id } = await deployHttp(scene)
      const { deployedTriggers } = scene.client
      expect(await deployedTriggers.listWorkflows(id, ada)).toEqual({ workflowIds: [] })
      await deployedTriggers.updateWorkflows(id, { ...ada, workflowIds: ['p_1'] })
      expect(await deployedTriggers.listWorkflows(id, ada)).toEqual({ workflowIds: ['p_1'] })
    },
  }),
  prove('deployedTriggers.updateWorkflows', `PUT ${ONE}/pipelines`, {
    'replaces the set': async (scene) => {
      const { id } = await deployHttp(scene)
      const set = (workflowIds: string[]) =>
        scene.client.deployedTriggers.updateWorkflows(id, { ...ada, workflowIds })
      await set(['p_1', 'p_2'])
      expect(await set(['p_3'])).toEqual({ workflowIds: ['p_3'] })
    },
  }),
]
