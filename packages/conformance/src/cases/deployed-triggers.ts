import type { Pipedream } from '@pipedream/sdk'
import type {
  DeleteDeployedTriggerInput,
  ListDeployedTriggersQuery,
  ListEmittedEventsQuery,
  TriggerOwner,
  TriggerWebhookInput,
  UpdateDeployedTriggerInput,
  UpdateTriggerWebhooksInput,
  UpdateTriggerWorkflowsInput,
} from 'pipedream-client/server'
import { all, type Case, pair } from '../case.ts'

const owner = { externalUserId: 'ada 1/é' }
const changes = {
  ...owner,
  active: false,
  configuredProps: { channelId: 'C01', snake_case: 1 },
  name: 'Acme',
  emitOnDeploy: true,
}
const page = { ...owner, after: 'A', before: 'B', limit: 2 }
const webhookUrls = ['https://app.example.com/1', 'https://app.example.com/2']

/** Deployed triggers, their events, webhooks and workflows. */
export const deployedTriggerCases: readonly Case[] = [
  pair('deployedTriggers.list', 'deployedTriggers.list', {
    'no options': {
      official: ({ deployedTriggers }) => deployedTriggers.list(owner),
      ours: ({ deployedTriggers }) => deployedTriggers.list(owner),
    },
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.list(
          all<Pipedream.DeployedTriggersListRequest>({ ...page, emitterType: 'source' }),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.list(all<ListDeployedTriggersQuery>({ ...page, type: 'source' })),
    },
  }),
  pair('deployedTriggers.retrieve', 'deployedTriggers.get', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.retrieve('dc_1', all<Pipedream.DeployedTriggersRetrieveRequest>(owner)),
      ours: ({ deployedTriggers }) => deployedTriggers.get('dc_1', all<TriggerOwner>(owner)),
    },
  }),
  pair('deployedTriggers.update', 'deployedTriggers.update', {
    'one option': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.update('dc_1', { ...owner, active: false }),
      ours: ({ deployedTriggers }) => deployedTriggers.update('dc_1', { ...owner, active: false }),
    },
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.update('dc_1', all<Pipedream.UpdateTriggerOpts>(changes)),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.update('dc_1', all<UpdateDeployedTriggerInput>(changes)),
    },
  }),
  pair('deployedTriggers.delete', 'deployedTriggers.delete', {
    'no options': {
      official: ({ deployedTriggers }) => deployedTriggers.delete('dc_1', owner),
      ours: ({ deployedTriggers }) => deployedTriggers.delete('dc_1', owner),
    },
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.delete(
          'dc_1',
          all<Pipedream.DeployedTriggersDeleteRequest>({ ...owner, ignoreHookErrors: true }),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.delete(
          'dc_1',
          all<DeleteDeployedTriggerInput>({ ...owner, ignoreHookErrors: true }),
        ),
    },
  }),
  pair('deployedTriggers.listEvents', 'deployedTriggers.events.list', {
    'no options': {
      official: ({ deployedTriggers }) => deployedTriggers.listEvents('dc_1', owner),
      ours: ({ deployedTriggers }) => deployedTriggers.events.list('dc_1', owner),
    },
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.listEvents(
          'dc_1',
          all<Pipedream.DeployedTriggersListEventsRequest>({ ...owner, n: 10 }),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.events.list('dc_1', all<ListEmittedEventsQuery>({ ...owner, limit: 10 })),
    },
  }),
  pair('deployedTriggers.listWorkflows', 'deployedTriggers.workflows.list', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.listWorkflows(
          'dc_1',
          all<Pipedream.DeployedTriggersListWorkflowsRequest>(owner),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.workflows.list('dc_1', all<TriggerOwner>(owner)),
    },
  }),
  pair('deployedTriggers.updateWorkflows', 'deployedTriggers.workflows.update', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.updateWorkflows(
          'dc_1',
          all<Pipedream.UpdateTriggerWorkflowsOpts>({ ...owner, workflowIds: ['p_1', 'p_2'] }),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.workflows.update(
          'dc_1',
          all<UpdateTriggerWorkflowsInput>({ ...owner, workflowIds: ['p_1', 'p_2'] }),
        ),
    },
  }),
  pair('deployedTriggers.listWebhooks', 'deployedTriggers.webhooks.list', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.listWebhooks(
          'dc_1',
          all<Pipedream.DeployedTriggersListWebhooksRequest>(owner),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.webhooks.list('dc_1', all<TriggerOwner>(owner)),
    },
  }),
  pair('deployedTriggers.updateWebhooks', 'deployedTriggers.webhooks.update', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.updateWebhooks(
          'dc_1',
          all<Pipedream.UpdateTriggerWebhooksOpts>({ ...owner, webhookUrls }),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.webhooks.update(
          'dc_1',
          all<UpdateTriggerWebhooksInput>({ ...owner, webhookUrls }),
        ),
    },
    'none any more': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.updateWebhooks('dc_1', { ...owner, webhookUrls: [] }),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.webhooks.update('dc_1', { ...owner, webhookUrls: [] }),
    },
  }),
  pair('deployedTriggers.retrieveWebhook', 'deployedTriggers.webhooks.get', {
    'all options': {
      official: ({ deployedTriggers }) =>
        deployedTriggers.retrieveWebhook(
          'dc_1',
          'wh_1',
          all<Pipedream.DeployedTriggersRetrieveWebhookRequest>(owner),
        ),
      ours: ({ deployedTriggers }) =>
        deployedTriggers.webhooks.get(
          'dc_1',
          all<TriggerWebhookInput>({ ...owner, webhookId: 'wh_1' }),
        ),
    },
  }),
  pair(
    'deployedTriggers.regenerateWebhookSigningKey',
    'deployedTriggers.webhooks.regenerateSigningKey',
    {
      'all options': {
        official: ({ deployedTriggers }) =>
          deployedTriggers.regenerateWebhookSigningKey(
            'dc_1',
            'wh_1',
            all<Pipedream.DeployedTriggersRegenerateWebhookSigningKeyRequest>(owner),
          ),
        ours: ({ deployedTriggers }) =>
          deployedTriggers.webhooks.regenerateSigningKey('dc_1', { ...owner, webhookId: 'wh_1' }),
      },
    },
  ),
]
