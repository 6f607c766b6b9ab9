import type { Pipedream } from '@pipedream/sdk'
import type { Scene } from './scene.ts'

/** Ada, as every call about a deployed trigger names her. */
export const ada = { externalUserId: 'ada' }
/** Where events are sent to. */
export const WEBHOOK_URL = 'https://app.example.com/events'

/** Deploys a trigger that waits for Slack messages of Ada's account. */
export async function deploySlack(
  { client, addAccount }: Scene,
  options: Partial<Pipedream.DeployTriggerOpts> = {},
): Promise<Pipedream.DeployedComponent> {
  const { data } = await client.triggers.deploy({
    id: 'slack-new-message',
    ...ada,
    configuredProps: { slack: { authProvisionId: addAccount('slack') } },
    ...options,
  })
  if (data.type !== 'DeployedComponent') throw new Error(`It became a ${data.type}.`)
  return data
}

/** Deploys a trigger that its own address fires. */
export async function deployHttp({ client }: Scene): Promise<Pipedream.HttpInterface> {
  const { data } = await client.triggers.deploy({ id: 'http-new-requests', ...ada })
  if (data.type !== 'HttpInterface') throw new Error(`It became a ${data.type}.`)
  return data
}
