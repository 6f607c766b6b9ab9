import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { stubPipedream } from '../../../test/stub-pipedream.ts'

const input = { key: 'slack-new-message', externalUserId: 'ada' }

test('deploy deploys a trigger for a user', async () => {
  const { client, calls } = stubPipedream({
    onCall: () => Response.json({ data: samples.deployedSource }),
  })
  const configuredProps = { slack: { authProvisionId: 'apn_1' }, timer: { intervalSeconds: 60 } }
  const trigger = await client.triggers.deploy({
    ...input,
    version: '0.0.1',
    configuredProps,
    dynamicPropsId: 'dyp_1',
    workflowId: 'p_1',
    webhookUrl: 'https://app.example.com/hooks/trigger',
    emitOnDeploy: false,
  })
  expect(trigger).toMatchObject({
    id: 'dc_Ex4mpl',
    type: 'source',
    webhookSigningKey: '00112233445566778899aabbccddeeff',
  })
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({ method: 'POST', path: '/v1/connect/proj_stub/triggers/deploy' })
  expect(calls[0]?.body).toEqual({
    id: 'slack-new-message',
    version: '0.0.1',
    external_user_id: 'ada',
    configured_props: configuredProps,
    dynamic_props_id: 'dyp_1',
    workflow_id: 'p_1',
    webhook_url: 'https://app.example.com/hooks/trigger',
    emit_on_deploy: false,
  })
})

test.each(['workflowId', 'webhookUrl', 'key', 'externalUserId'])(
  'a blank %s is rejected before anything is sent',
  async (name) => {
    const { client, tokenRequests } = stubPipedream()
    const deploy = client.triggers.deploy({ ...input, [name]: ' ' })
    await expect(deploy).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input: name })
    expect(tokenRequests).toHaveLength(0)
  },
)
