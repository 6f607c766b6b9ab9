import type { Pipedream } from '@pipedream/sdk'
import type {
  CreateAppOverrideInput,
  CreateOAuthAppInput,
  ListAppOverridesQuery,
  ListAppsQuery,
  ListOAuthAppsQuery,
  UpdateAppOverrideInput,
  UpdateOAuthAppInput,
} from 'pipedream-client/server'
import { all, type Case, pair } from '../case.ts'

const client = { clientId: '111.222', clientSecret: 'a-secret' }
const described = { name: 'Acme', description: 'Prod', scopes: ['a', 'b'], additionalScopes: ['c'] }
const cfmap = { region: 'eu', apiVersion: 2 }

/** The catalogue, OAuth apps and app overrides. */
export const appCases: readonly Case[] = [
  pair('apps.list', 'apps.list', {
    'no options': { official: ({ apps }) => apps.list(), ours: ({ apps }) => apps.list() },
    'all options': {
      official: ({ apps }) =>
        apps.list(
          all<Pipedream.AppsListRequest>({
            after: 'A==',
            before: 'B==',
            limit: 10,
            q: 'sl ack',
            sortKey: 'featured_weight',
            sortDirection: 'desc',
            categoryIds: ['appcat_1', 'appcat_2'],
            hasComponents: true,
            hasActions: false,
            hasTriggers: true,
          }),
        ),
      ours: ({ apps }) =>
        apps.list(
          all<ListAppsQuery>({
            after: 'A==',
            before: 'B==',
            limit: 10,
            search: 'sl ack',
            sortKey: 'featuredWeight',
            sortDirection: 'desc',
            categoryIds: ['appcat_1', 'appcat_2'],
            hasComponents: true,
            hasActions: false,
            hasTriggers: true,
          }),
        ),
    },
    'one category, by slug': {
      official: ({ apps }) => apps.list({ categoryIds: 'appcat_1', sortKey: 'name_slug' }),
      ours: ({ apps }) => apps.list({ categoryIds: ['appcat_1'], sortKey: 'slug' }),
    },
    'with a custom rate limit': {
      official: ({ apps }) => apps.list({}, { headers: { 'x-pd-rate-limit': 'a-limit' } }),
      ours: ({ apps }) => apps.list({}, { rateLimitToken: 'a-limit' }),
    },
  }),
  pair('apps.retrieve', 'apps.get', {
    'no options': {
      official: ({ apps }) => apps.retrieve('slack'),
      ours: ({ apps }) => apps.get('slack'),
    },
  }),
  pair('appCategories.list', 'appCategories.list', {
    'no options': {
      official: ({ appCategories }) => appCategories.list(),
      ours: ({ appCategories }) => appCategories.list(),
    },
  }),
  pair('appCategories.retrieve', 'appCategories.get', {
    'no options': {
      official: ({ appCategories }) => appCategories.retrieve('appcat_1'),
      ours: ({ appCategories }) => appCategories.get('appcat_1'),
    },
  }),
  pair('oauthApps.list', 'oauthApps.list', {
    'no options': {
      official: ({ oauthApps }) => oauthApps.list(),
      ours: ({ oauthApps }) => oauthApps.list(),
    },
    'all options': {
      official: ({ oauthApps }) =>
        oauthApps.list(
          all<Pipedream.OauthAppsListRequest>({
            after: 'A',
            before: 'B',
            limit: 2,
            app: 'slack',
            q: 'x',
          }),
        ),
      ours: ({ oauthApps }) =>
        oauthApps.list(
          all<ListOAuthAppsQuery>({ after: 'A', before: 'B', limit: 2, app: 'slack', search: 'x' }),
        ),
    },
  }),
  pair('oauthApps.create', 'oauthApps.create', {
    'no options': {
      official: ({ oauthApps }) => oauthApps.create({ app: 'slack', ...client }),
      ours: ({ oauthApps }) => oauthApps.create({ app: 'slack', ...client }),
    },
    'all options': {
      official: ({ oauthApps }) =>
        oauthApps.create(
          all<Pipedream.CreateOauthAppOpts>({ app: 'slack', ...client, ...described }),
        ),
      ours: ({ oauthApps }) =>
        oauthApps.create(all<CreateOAuthAppInput>({ app: 'slack', ...client, ...described })),
    },
  }),
  pair('oauthApps.retrieve', 'oauthApps.get', {
    'no options': {
      official: ({ oauthApps }) => oauthApps.retrieve('oa_1'),
      ours: ({ oauthApps }) => oauthApps.get('oa_1'),
    },
  }),
  pair('oauthApps.update', 'oauthApps.update', {
    'one option': {
      official: ({ oauthApps }) => oauthApps.update('oa_1', { name: 'Acme' }),
      ours: ({ oauthApps }) => oauthApps.update('oa_1', { name: 'Acme' }),
    },
    'all options': {
      official: ({ oauthApps }) =>
        oauthApps.update('oa_1', all<Pipedream.UpdateOauthAppOpts>({ ...client, ...described })),
      ours: ({ oauthApps }) =>
        oauthApps.update('oa_1', all<UpdateOAuthAppInput>({ ...client, ...described })),
    },
  }),
  pair('oauthApps.delete', 'oauthApps.delete', {
    'no options': {
      official: ({ oauthApps }) => oauthApps.delete('oa_1'),
      ours: ({ oauthApps }) => oauthApps.delete('oa_1'),
    },
  }),
  pair('appOverrides.list', 'appOverrides.list', {
    'no options': {
      official: ({ appOverrides }) => appOverrides.list(),
      ours: ({ appOverrides }) => appOverrides.list(),
    },
    'all options': {
      official: ({ appOverrides }) =>
        appOverrides.list(
          all<Pipedream.AppOverridesListRequest>({
            after: 'A',
            before: 'B',
            limit: 2,
            app: 'slack',
          }),
        ),
      ours: ({ appOverrides }) =>
        appOverrides.list(
          all<ListAppOverridesQuery>({ after: 'A', before: 'B', limit: 2, app: 'slack' }),
        ),
    },
  }),
  pair('appOverrides.create', 'appOverrides.create', {
    'no options': {
      official: ({ appOverrides }) => appOverrides.create({ app: 'slack', name: 'acme' }),
      ours: ({ appOverrides }) => appOverrides.create({ app: 'slack', name: 'acme' }),
    },
    'all options': {
      official: ({ appOverrides }) =>
        appOverrides.create(
          all<Pipedream.CreateAppOverrideOpts>({
            app: 'slack',
            name: 'acme',
            oauthAppId: 'oa_1',
            cfmap,
          }),
        ),
      ours: ({ appOverrides }) =>
        appOverrides.create(
          all<CreateAppOverrideInput>({
            app: 'slack',
            name: 'acme',
            oauthAppId: 'oa_1',
            customFieldValues: cfmap,
          }),
        ),
    },
  }),
  pair('appOverrides.retrieve', 'appOverrides.get', {
    'no options': {
      official: ({ appOverrides }) => appOverrides.retrieve('ao_1'),
      ours: ({ appOverrides }) => appOverrides.get('ao_1'),
    },
  }),
  pair('appOverrides.update', 'appOverrides.update', {
    'one option': {
      official: ({ appOverrides }) => appOverrides.update('ao_1', { name: 'acme' }),
      ours: ({ appOverrides }) => appOverrides.update('ao_1', { name: 'acme' }),
    },
    'all options': {
      official: ({ appOverrides }) =>
        appOverrides.update(
          'ao_1',
          all<Pipedream.UpdateAppOverrideOpts>({ name: 'acme', oauthAppId: 'oa_1', cfmap }),
        ),
      ours: ({ appOverrides }) =>
        appOverrides.update(
          'ao_1',
          all<UpdateAppOverrideInput>({
            name: 'acme',
            oauthAppId: 'oa_1',
            customFieldValues: cfmap,
          }),
        ),
    },
    'an OAuth client that is no longer chosen': {
      // @ts-expect-error -- the official types do not say that null clears it; the official client sends it.
      official: ({ appOverrides }) => appOverrides.update('ao_1', { oauthAppId: null }),
      ours: ({ appOverrides }) => appOverrides.update('ao_1', { oauthAppId: null }),
    },
  }),
  pair('appOverrides.delete', 'appOverrides.delete', {
    'no options': {
      official: ({ appOverrides }) => appOverrides.delete('ao_1'),
      ours: ({ appOverrides }) => appOverrides.delete('ao_1'),
    },
  }),
]
