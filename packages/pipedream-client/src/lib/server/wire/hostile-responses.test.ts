import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as samples from '../../../../test/samples.ts'
import { stubPipedream } from '../../../../test/stub-pipedream.ts'
import { PipedreamError, type PipedreamClient } from '../../../server.ts'

const component = { key: 'slack-send-message', externalUserId: 'ada' }

const calls: Record<string, (client: PipedreamClient) => Promise<unknown>> = {
  'connectTokens.create': ({ connectTokens }) => connectTokens.create({ externalUserId: 'ada' }),
  'connectTokens.validate': ({ connectTokens }) => connectTokens.validate('ctok_1'),
  'accounts.create': ({ accounts }) =>
    accounts.create({ connectToken: 'ctok_1', app: 'openai', customFieldValues: {} }),
  'accounts.deleteByApp': ({ accounts }) => accounts.deleteByApp('slack'),
  'accounts.listByExternalUser': ({ accounts }) => accounts.listByExternalUser('ada'),
  'accounts.list': ({ accounts }) => accounts.list(),
  'accounts.get': ({ accounts }) => accounts.get('apn_1'),
  'accounts.delete': ({ accounts }) => accounts.delete('apn_1'),
  'apps.list': ({ apps }) => apps.list(),
  'apps.get': ({ apps }) => apps.get('slack'),
  'users.list': ({ users }) => users.list(),
  'users.delete': ({ users }) => users.delete('ada'),
  'appCategories.list': ({ appCategories }) => appCategories.list(),
  'appCategories.get': ({ appCategories }) => appCategories.get('appcat_1'),
  'oauthApps.list': ({ oauthApps }) => oauthApps.list(),
  'oauthApps.create': ({ oauthApps }) =>
    oauthApps.create({ app: 'slack', clientId: 'a', clientSecret: 'b' }),
  'oauthApps.get': ({ oauthApps }) => oauthApps.get('oa_1'),
  'oauthApps.update': ({ oauthApps }) => oauthApps.update('oa_1', { name: 'n' }),
  'oauthApps.delete': ({ oauthApps }) => oauthApps.delete('oa_1'),
  'appOverrides.list': ({ appOverrides }) => appOverrides.list(),
  'appOverrides.create': ({ appOverrides }) => appOverrides.create({ app: 'slack', name: 'n' }),
  'appOverrides.get': ({ appOverrides }) => appOverrides.get('ao_1'),
  'appOverrides.update': ({ appOverrides }) => appOverrides.update('ao_1', { name: 'n' }),
  'appOverrides.delete': ({ appOverrides }) => appOverrides.delete('ao_1'),
  'projects.list': ({ projects }) => projects.list(),
  'projects.create': ({ projects }) => projects.create({ name: 'n' }),
  'projects.get': ({ projects }) => projects.get('proj_1'),
  'projects.update': ({ projects }) => projects.update('proj_1', { name: 'n' }),
  'projects.delete': ({ projects }) => projects.delete('proj_1'),
  'projects.updateLogo': ({ projects }) =>
    projects.updateLogo('proj_1', 'data:image/png;base64,AAAA'),
  'projectWebhook.get': ({ projectWebhook }) => projectWebhook.get(),
  'projectWebhook.update': ({ projectWebhook }) =>
    projectWebhook.update({ url: 'https://app.example.com' }),
  'projectWebhook.delete': ({ projectWebhook }) => projectWebhook.delete(),
  'projectWebhook.regenerateSigningKey': ({ projectWebhook }) =>
    projectWebhook.regenerateSigningKey(),
  'usage.get': ({ usage }) => usage.get({ start: new Date(0), end: new Date(1000) }),
  'rateLimitTokens.create': ({ rateLimitTokens }) =>
    rateLimitTokens.create({ windowMs: 1000, requestsPerWindow: 1 }),
  'components.list': ({ components }) => components.list(),
  'actions.get': ({ actions }) => actions.get('slack-send-message'),
  'actions.configureProp': ({ actions }) => actions.configureProp({ ...component, propName: 'a' }),
  'actions.reloadProps': ({ actions }) => actions.reloadProps(component),
  'actions.run': ({ actions }) => actions.run(component),
  'triggers.deploy': ({ triggers }) => triggers.deploy(component),
  'deployedTriggers.list': ({ deployedTriggers }) => deployedTriggers.list(component),
  'deployedTriggers.get': ({ deployedTriggers }) => deployedTriggers.get('dc_1', component),
  'deployedTriggers.update': ({ deployedTriggers }) => deployedTriggers.update('dc_1', component),
  'deployedTriggers.delete': ({ deployedTriggers }) => deployedTriggers.delete('dc_1', component),
  'deployedTriggers.events.list': ({ deployedTriggers }) =>
    deployedTriggers.events.list('dc_1', component),
  'deployedTriggers.webhooks.list': ({ deployedTriggers }) =>
    deployedTriggers.webhooks.list('dc_1', component),
  'deployedTriggers.webhooks.get': ({ deployedTriggers }) =>
    deployedTriggers.webhooks.get('dc_1', { ...component, webhookId: 'wh_1' }),
  'deployedTriggers.workflows.list': ({ deployedTriggers }) =>
    deployedTriggers.workflows.list('dc_1', component),
}

const page_info = { total_count: 1, count: 1, start_cursor: 's', end_cursor: null }
const sound = fc.constantFrom<unknown>(
  samples.account,
  samples.connectToken,
  { data: samples.app },
  { data: [samples.account], page_info },
  { data: [samples.app], page_info },
  samples.validation,
  [samples.account],
  [samples.appCategory],
  samples.appCategory,
  { data: [samples.user], page_info },
  { data: [samples.oauthApp], page_info },
  samples.oauthApp,
  { data: [samples.appOverride], page_info },
  samples.appOverride,
  { data: [samples.project], page_info },
  samples.project,
  { data: [samples.usagePeriod] },
  { data: samples.webhook },
  samples.rateLimitToken,
  { data: [samples.component], page_info },
  { data: samples.component },
  samples.configuredProp,
  samples.reloadedProps,
  samples.actionRun,
  { data: [samples.deployedSource], page_info },
  { data: samples.deployedSource },
  { data: [samples.emittedEvent] },
  { webhooks: [samples.triggerWebhook] },
  { data: samples.triggerWebhook },
  { workflow_ids: ['p_1'] },
)

/** Valid responses with one value replaced, at any depth. */
const broken = fc.tuple(sound, fc.nat(), fc.jsonValue()).map(([response, at, value]) => {
  let left = at % 30
  return JSON.stringify(response, (_, kept: unknown) => (left-- === 0 ? value : kept))
})

const body = fc.oneof(
  { arbitrary: broken, weight: 8 },
  fc.json(),
  fc.string(),
  fc.json().map((json) => json.slice(0, -1)),
  fc.constant('[['.repeat(5000)),
)

test.each(Object.entries(calls))('%s survives whatever it is answered', async (_, call) => {
  await fc.assert(
    fc.asyncProperty(body, async (body) => {
      const { client } = stubPipedream({ onCall: () => new Response(body), maxRetries: 0 })
      const error = await call(client).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (error === undefined) return
      expect(error).toBeInstanceOf(PipedreamError)
      expect(error).toMatchObject({ code: 'ERR_BAD_RESPONSE' })
    }),
    { numRuns: 300 },
  )
})
