import type { Pipedream } from '@pipedream/sdk'
import type {
  CreateProjectInput,
  ListProjectsQuery,
  UpdateProjectInput,
  UpdateProjectWebhookInput,
  UsageQuery,
} from 'pipedream-client/server'
import { all, type Case, pair } from '../case.ts'

const settings = {
  name: 'Acme prod',
  appName: 'Acme',
  supportEmail: 'help@example.com',
  connectRequireKeyAuthTest: true,
}
const logo = 'data:image/png;base64,AAAA'
const url = 'https://app.example.com/hooks'

/** Projects, the project's webhook, and usage. */
export const projectCases: readonly Case[] = [
  pair('projects.list', 'projects.list', {
    'no options': {
      official: ({ projects }) => projects.list(),
      ours: ({ projects }) => projects.list(),
    },
    'all options': {
      official: ({ projects }) =>
        projects.list(
          all<Pipedream.ProjectsListRequest>({ after: 'A', before: 'B', limit: 2, q: 'x y' }),
        ),
      ours: ({ projects }) =>
        projects.list(all<ListProjectsQuery>({ after: 'A', before: 'B', limit: 2, search: 'x y' })),
    },
  }),
  pair('projects.create', 'projects.create', {
    'no options': {
      official: ({ projects }) => projects.create({ name: 'Acme' }),
      ours: ({ projects }) => projects.create({ name: 'Acme' }),
    },
    'all options': {
      official: ({ projects }) => projects.create(all<Pipedream.CreateProjectOpts>(settings)),
      ours: ({ projects }) => projects.create(all<CreateProjectInput>(settings)),
    },
  }),
  pair('projects.retrieve', 'projects.get', {
    'no options': {
      official: ({ projects }) => projects.retrieve('proj_1'),
      ours: ({ projects }) => projects.get('proj_1'),
    },
  }),
  pair('projects.update', 'projects.update', {
    'one option': {
      official: ({ projects }) => projects.update('proj_1', { appName: 'Acme' }),
      ours: ({ projects }) => projects.update('proj_1', { appName: 'Acme' }),
    },
    'all options': {
      official: ({ projects }) =>
        projects.update('proj_1', all<Pipedream.UpdateProjectOpts>(settings)),
      ours: ({ projects }) => projects.update('proj_1', all<UpdateProjectInput>(settings)),
    },
  }),
  pair('projects.delete', 'projects.delete', {
    'no options': {
      official: ({ projects }) => projects.delete('proj_1'),
      ours: ({ projects }) => projects.delete('proj_1'),
    },
  }),
  pair('projects.updateLogo', 'projects.updateLogo', {
    'all options': {
      official: ({ projects }) =>
        projects.updateLogo('proj_1', all<Pipedream.UpdateProjectLogoOpts>({ logo })),
      ours: ({ projects }) => projects.updateLogo('proj_1', logo),
    },
  }),
  pair('projects.retrieveInfo', 'projects.getInfo', {
    'no options': {
      official: ({ projects }) => projects.retrieveInfo(),
      ours: ({ projects }) => projects.getInfo(),
    },
  }),
  pair('projectEnvironment.retrieveWebhook', 'projectWebhook.get', {
    'no options': {
      official: ({ projectEnvironment }) => projectEnvironment.retrieveWebhook(),
      ours: ({ projectWebhook }) => projectWebhook.get(),
    },
  }),
  pair('projectEnvironment.updateWebhook', 'projectWebhook.update', {
    'all options': {
      official: ({ projectEnvironment }) =>
        projectEnvironment.updateWebhook(all<Pipedream.SetWebhookOpts>({ url })),
      ours: ({ projectWebhook }) => projectWebhook.update(all<UpdateProjectWebhookInput>({ url })),
    },
  }),
  pair('projectEnvironment.deleteWebhook', 'projectWebhook.delete', {
    'no options': {
      official: ({ projectEnvironment }) => projectEnvironment.deleteWebhook(),
      ours: ({ projectWebhook }) => projectWebhook.delete(),
    },
  }),
  pair('projectEnvironment.regenerateWebhookSigningKey', 'projectWebhook.regenerateSigningKey', {
    'no options': {
      official: ({ projectEnvironment }) => projectEnvironment.regenerateWebhookSigningKey(),
      ours: ({ projectWebhook }) => projectWebhook.regenerateSigningKey(),
    },
  }),
  pair('usage.list', 'usage.get', {
    'all options': {
      official: ({ usage }) =>
        usage.list(
          all<Pipedream.UsageListRequest>({ startTs: 1_767_225_600, endTs: 1_767_312_000 }),
        ),
      ours: ({ usage }) =>
        usage.get(
          all<UsageQuery>({
            start: new Date('2026-01-01T00:00:00Z'),
            end: new Date('2026-01-02T00:00:00Z'),
          }),
        ),
    },
  }),
]
