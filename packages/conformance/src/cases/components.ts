import type { Pipedream } from '@pipedream/sdk'
import type {
  ConfigurePropInput,
  DeployTriggerInput,
  ListAllComponentsQuery,
  ListComponentsQuery,
  ReloadPropsInput,
  RunActionInput,
} from 'pipedream-client/server'
import { all, type Case, pair } from '../case.ts'

// Names of props are whatever their authors chose.
const configuredProps = {
  slack: { authProvisionId: 'apn_1' },
  channelId: 'C01',
  snake_case: [1, 2],
  nested: { someKey: { other_key: null } },
}
const page = { after: 'A==', before: 'B==', limit: 3, app: 'slack', registry: 'all' } as const
const versioned = {
  version: '0.1.2',
  externalUserId: 'ada',
  configuredProps,
  dynamicPropsId: 'dyp_1',
}
const key = 'slack-send-message'
const bare = { externalUserId: 'ada' }

const configuring = {
  ...versioned,
  propName: 'channelId',
  blocking: true,
  page: 0,
  prevContext: { nextCursor: 'x', some_key: 1 },
  query: 'gen eral',
}

/** Components, and what they share with actions and triggers. */
const componentCases: readonly Case[] = [
  pair('components.list', 'components.list', {
    'no options': {
      official: ({ components }) => components.list(),
      ours: ({ components }) => components.list(),
    },
    'all options': {
      official: ({ components }) =>
        components.list(
          all<Pipedream.ComponentsListRequest>({ ...page, q: 'send it', componentType: 'action' }),
        ),
      ours: ({ components }) =>
        components.list(
          all<ListAllComponentsQuery>({ ...page, search: 'send it', componentType: 'action' }),
        ),
    },
  }),
  ...(['components', 'actions', 'triggers'] as const).flatMap((family): Case[] => [
    pair(`${family}.retrieve`, `${family}.get`, {
      'no options': {
        official: (client) => client[family].retrieve(key),
        ours: (client) => client[family].get(key),
      },
      'all options': {
        official: (client) =>
          client[family].retrieve(key, all<Pipedream.ActionsRetrieveRequest>({ version: '0.1.2' })),
        ours: (client) => client[family].get(key, { version: '0.1.2' }),
      },
    }),
    pair(`${family}.configureProp`, `${family}.configureProp`, {
      'no options': {
        official: (client) => client[family].configureProp({ id: key, ...bare, propName: 'a' }),
        ours: (client) => client[family].configureProp({ key, ...bare, propName: 'a' }),
      },
      'all options': {
        official: (client) =>
          client[family].configureProp(
            all<Pipedream.ConfigurePropOpts>({ id: key, ...configuring }),
          ),
        ours: (client) =>
          client[family].configureProp(all<ConfigurePropInput>({ key, ...configuring })),
      },
    }),
    pair(`${family}.reloadProps`, `${family}.reloadProps`, {
      'no options': {
        official: (client) => client[family].reloadProps({ id: key, ...bare }),
        ours: (client) => client[family].reloadProps({ key, ...bare }),
      },
      'all options': {
        official: (client) =>
          client[family].reloadProps(
            all<Pipedream.ReloadPropsOpts>({ id: key, ...versioned, blocking: false }),
          ),
        ours: (client) =>
          client[family].reloadProps(all<ReloadPropsInput>({ key, ...versioned, blocking: false })),
      },
    }),
  ]),
]

const actionCases: readonly Case[] = [
  pair('actions.list', 'actions.list', {
    'no options': {
      official: ({ actions }) => actions.list(),
      ours: ({ actions }) => actions.list(),
    },
    'all options': {
      official: ({ actions }) =>
        actions.list(all<Pipedream.ActionsListRequest>({ ...page, q: 'send it' })),
      ours: ({ actions }) => actions.list(all<ListComponentsQuery>({ ...page, search: 'send it' })),
    },
  }),
  pair('actions.run', 'actions.run', {
    'no options': {
      official: ({ actions }) => actions.run({ id: key, ...bare }),
      ours: ({ actions }) => actions.run({ key, ...bare }),
    },
    'all options': {
      official: ({ actions }) =>
        actions.run(all<Pipedream.RunActionOpts>({ id: key, ...versioned, stashId: 'NEW' })),
      ours: ({ actions }) =>
        actions.run(all<RunActionInput>({ key, ...versioned, stashId: 'NEW' })),
    },
  }),
]

const deployment = {
  ...versioned,
  workflowId: 'p_1',
  webhookUrl: 'https://app.example.com/hooks',
  emitOnDeploy: false,
}

const triggerCases: readonly Case[] = [
  pair('triggers.list', 'triggers.list', {
    'no options': {
      official: ({ triggers }) => triggers.list(),
      ours: ({ triggers }) => triggers.list(),
    },
    'all options': {
      official: ({ triggers }) =>
        triggers.list(all<Pipedream.TriggersListRequest>({ ...page, q: 'new one' })),
      ours: ({ triggers }) =>
        triggers.list(all<ListComponentsQuery>({ ...page, search: 'new one' })),
    },
  }),
  pair('triggers.deploy', 'triggers.deploy', {
    'no options': {
      official: ({ triggers }) => triggers.deploy({ id: key, ...bare }),
      ours: ({ triggers }) => triggers.deploy({ key, ...bare }),
    },
    'all options': {
      official: ({ triggers }) =>
        triggers.deploy(all<Pipedream.DeployTriggerOpts>({ id: key, ...deployment })),
      ours: ({ triggers }) => triggers.deploy(all<DeployTriggerInput>({ key, ...deployment })),
    },
  }),
]

/** Components, actions and triggers of the registry. */
export const registryCases = [...componentCases, ...actionCases, ...triggerCases]
