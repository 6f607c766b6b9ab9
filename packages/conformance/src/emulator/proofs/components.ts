// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

const ada = { externalUserId: 'ada' }
// One component of each family, its account prop, and a prop with options.
const SAMPLES = {
  components: { key: 'slack-send-message', propName: 'conversation' },
  actions: { key: 'slack-send-message', propName: 'conversation' },
  triggers: { key: 'slack-new-message', propName: 'conversations' },
} as const

const familyProofs = (['components', 'actions', 'triggers'] as const).flatMap((family) => {
  const { key, propName } = SAMPLES[family]
  const base = `/v1/connect/{project}/${family}`
  return [
    prove(`${family}.list`, `GET ${base}`, {
      'of an app, walked to the end': async ({ client }) => {
        const listed = await collect(client[family].list({ app: 'slack', limit: 1 }))
        expect(listed.map((one) => one.key)).toContain(key)
        expect(listed.every((one) => one.key.startsWith('slack-'))).toBe(true)
      },
    }),
    prove(`${family}.retrieve`, `GET ${base}/{key}`, {
      'of this version': async ({ client }) => {
        const { data } = await client[family].retrieve(key)
        expect(data.configurableProps).toContainEqual(
          expect.objectContaining({ name: 'slack', type: 'app', app: 'slack' }),
        )
        const { version } = data
        expect(await client[family].retrieve(key, { version })).toEqual({ data })
      },
      'an unknown one: 404': async ({ client }) => {
        await client[family].retrieve(key)
        expect((await refusalOf(client[family].retrieve('slack-none'))).statusCode).toBe(404)
      },
    }),
    prove(`${family}.configureProp`, `POST ${base}/configure`, {
      'choices of the account': async ({ client, addAccount }) => {
        const configuredProps = { slack: { authProvisionId: addAccount('slack') } }
        const asked = { id: key, ...ada, propName, configuredProps }
        const { options, errors } = await client[family].configureProp(asked)
        expect(errors).toEqual([])
        expect(options).toContainEqual(expect.objectContaining({ label: expect.any(String) }))
      },
    }),
    prove(`${family}.reloadProps`, `POST ${base}/props`, {
      'a new id each time': async ({ client, addAccount }) => {
        const configuredProps = { slack: { authProvisionId: addAccount('slack') } }
        const reload = () => client[family].reloadProps({ id: key, ...ada, configuredProps })
        const [first, second] = [await reload(), await reload()]
        expect(first.dynamicProps?.configurableProps).not.toHaveLength(0)
        expect(second.dynamicProps?.id).not.toBe(first.dynamicProps?.id)
      },
    }),
  ]
})

/** Components, and the effects of actions. */
export const componentProofs: readonly Proof[] = [
  ...familyProofs,
  prove('actions.run', 'POST /v1/connect/{project}/actions/run', {
    'a message posted': async ({ client, addAccount }) => {
      const accountId = addAccount('slack')
      const slack = { authProvisionId: accountId }
      const { options } = await client.actions.configureProp({
        id: 'slack-send-message',
        ...ada,
        propName: 'conversation',
        configuredProps: { slack },
      })
      const conversation = JSON.parse(JSON.stringify(options))[0].value
      const ran = await client.actions.run({
        id: 'slack-send-message',
        ...ada,
        configuredProps: { slack, conversation, text: 'hello' },
      })
      expect(ran.exports).toMatchObject({ $summary: expect.any(String) })
      const url = `https://slack.com/api/conversations.history?channel=${conversation}`
      const history = await client.proxy.get({ url, ...ada, accountId })
      expect(history).toMatchObject({ messages: [{ text: 'hello' }] })
    },
    'a failure is an observation': async ({ client, addAccount }) => {
      const configuredProps = { slack: { authProvisionId: addAccount('slack') } }
      const ran = await client.actions.run({ id: 'slack-send-message', ...ada, configuredProps })
      expect(ran.ret ?? null).toBeNull()
      expect(ran.os?.find(({ k }) => k === 'error')?.err?.message).toEqual(expect.any(String))
    },
  }),
]
