import type { Pipedream } from '@pipedream/sdk'
import type { Scene } from './scene.ts'

/** The user in every call about a deployed trigger. */
export const ada = { externalUserId: 'ada' }
/** The destination of events. */
export const WEBHOOK_URL = 'https://app.example.com/events'

/** Deploys a trigger for Slack messages of ada's account. */
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
  if (data.type !== 'DeployedComponent') throw new Error(`Unexpected type ${data.type}.`)
  return data
}

/** Deploys a trigger that fires on requests to its own address. */
export async function deployHttp({ client }: Scene): Promise<Pipedream.HttpInterface> {
  const { data } = await client.triggers.deploy({ id: 'http-new-requests', ...ada })
  if (data.type !== 'HttpInterface') throw new Error(`Unexpected type ${data.type}.`)
  return data
}
