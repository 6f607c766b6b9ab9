import type { Values } from './recorded-request.ts'
import type { Scene } from './scene.ts'

const USER = 'ada 1/é'

/** Creates one of each resource that recorded requests refer to, and returns their ids. */
export async function prepareValues({
  client,
  url,
  addAccount,
  connectKey,
  emulator,
}: Scene): Promise<Values> {
  const { clientId, clientSecret, projectId: project } = emulator.credentials
  const account = addAccount('slack', USER)
  const deployed = await client.triggers.deploy({
    id: 'slack-new-message',
    externalUserId: USER,
    configuredProps: { slack: { authProvisionId: account } },
    webhookUrl: 'https://app.example.com/events',
  })
  const owner = { externalUserId: USER }
  const webhooks = await client.deployedTriggers.listWebhooks(deployed.data.id, owner)
  await client.projectEnvironment.updateWebhook({ url: 'https://app.example.com/all' })
  const newClient = async (app: string) => {
    const created = await client.oauthApps.create({
      app,
      clientId: 'a',
      clientSecret: 'an-example',
      name: 'a',
    })
    return created.id ?? ''
  }
  const [category, otherCategory] = await client.appCategories.list()
  const accessToken = await client.rawAccessToken
  return {
    ...(await prepareComponents(client, account)),
    target: Buffer.from('https://slack.com/echo?x=1').toString('base64'),
    productionAccount:
      emulator.seed({
        accounts: [{ app: 'slack', externalUserId: USER, environment: 'production' }],
      }).accountIds[0] ?? '',
    project,
    clientId,
    clientSecret,
    accessToken,
    account,
    user: USER,
    keyAccount: await connectKey(USER),
    connectToken: (await client.tokens.create(owner)).token,
    category: category?.id ?? '',
    otherCategory: otherCategory?.id ?? '',
    oauthApp: await newClient('slack'),
    zendeskOauthApp: await newClient('zendesk'),
    appOverride: (await client.appOverrides.create({ app: 'openai', name: 'preset' })).id,
    trigger: deployed.data.id,
    webhook: webhooks.webhooks?.[0]?.id ?? '',
    otherProject: (await client.projects.create({ name: 'Another' })).id,
    rateLimitToken: await newRateLimit(url, accessToken),
  }
}

async function prepareComponents(client: Scene['client'], account: string): Promise<Values> {
  const configuredProps = { slack: { authProvisionId: account } }
  const reload = async (family: 'actions' | 'triggers', id: string) => {
    const reloaded = await client[family].reloadProps({ id, externalUserId: USER, configuredProps })
    return reloaded.dynamicProps?.id ?? ''
  }
  const action = await client.actions.retrieve('slack-send-message')
  const trigger = await client.triggers.retrieve('slack-new-message')
  return {
    prop: 'conversation',
    version: action.data.version,
    dynamicProps: await reload('actions', action.data.key),
    triggerProp: 'conversations',
    triggerVersion: trigger.data.version,
    triggerDynamicProps: await reload('triggers', trigger.data.key),
  }
}

async function newRateLimit(url: string, accessToken: string): Promise<string> {
  const response = await fetch(`${url}/v1/connect/rate_limits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ window_size_seconds: 10, requests_per_window: 1000 }),
  })
  const { token }: { token: string } = await response.json()
  return token
}
