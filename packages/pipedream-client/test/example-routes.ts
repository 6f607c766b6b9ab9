import type { ExampleRoutes } from './example-api.ts'
import * as samples from './samples.ts'

const page = (...data: unknown[]) => ({ data, page_info: { count: data.length, end_cursor: null } })
const paging = ['after', 'before', 'limit']
const oauthAppKeys = [
  'client_id',
  'client_secret',
  'name',
  'description',
  'scopes',
  'additional_scopes',
]
const projectKeys = ['name', 'app_name', 'support_email', 'connect_require_key_auth_test']
const keyless = { ...samples.webhook, signing_key: undefined }

/** Tokens, accounts, users, apps and projects. Fixed paths precede `{id}`, because the first match wins. */
export const exampleRoutes: ExampleRoutes = {
  'POST /v1/connect/{project}/tokens': {
    takes: [
      'external_user_id',
      'allowed_origins',
      'expires_in',
      'scope',
      'success_redirect_uri',
      'error_redirect_uri',
      'webhook_uri',
      'allow_progressive_scopes',
      'app_id',
      'oauth_app_id',
    ],
    response: samples.connectToken,
  },
  'GET /v1/connect/tokens/{token}/validate': {
    takes: ['app_id', 'account_id', 'oauth_app_id', 'app_override_id'],
    response: samples.validation,
  },
  'GET /v1/connect/{project}/accounts': {
    takes: [...paging, 'external_user_id', 'oauth_app_id', 'app', 'include_credentials'],
    response: page(samples.account),
  },
  'POST /v1/connect/{project}/accounts': {
    takes: [
      'external_user_id',
      'oauth_app_id',
      'app_slug',
      'cfmap_json',
      'connect_token',
      'name',
      'account_id',
      'app_override_id',
    ],
    response: samples.account,
  },
  'GET /v1/connect/{project}/accounts/{id}': {
    takes: ['include_credentials'],
    response: samples.account,
  },
  'DELETE /v1/connect/{project}/accounts/{id}': {},
  'DELETE /v1/connect/{project}/apps/{app}/accounts': {},
  'GET /v1/connect/{project}/users/{user}/accounts': {
    takes: ['app', 'include_credentials'],
    response: [samples.account],
  },
  'GET /v1/connect/{project}/users': { takes: [...paging, 'q'], response: page(samples.user) },
  'DELETE /v1/connect/{project}/users/{user}': {},
  'GET /v1/connect/apps': {
    takes: [
      ...paging,
      'q',
      'sort_key',
      'sort_direction',
      'category_ids',
      'has_components',
      'has_actions',
      'has_triggers',
    ],
    response: page(samples.app),
  },
  'GET /v1/connect/apps/{app}': { response: { data: samples.app } },
  'GET /v1/connect/app_categories': { response: [samples.appCategory] },
  'GET /v1/connect/app_categories/{id}': { response: samples.appCategory },
  'GET /v1/connect/{project}/oauth_apps': {
    takes: [...paging, 'app', 'q'],
    response: page(samples.oauthApp),
  },
  'POST /v1/connect/{project}/oauth_apps': {
    takes: ['app', ...oauthAppKeys],
    response: samples.oauthApp,
  },
  'GET /v1/connect/{project}/oauth_apps/{id}': { response: samples.oauthApp },
  'PUT /v1/connect/{project}/oauth_apps/{id}': { takes: oauthAppKeys, response: samples.oauthApp },
  'DELETE /v1/connect/{project}/oauth_apps/{id}': {},
  'GET /v1/connect/{project}/app_overrides': {
    takes: [...paging, 'app'],
    response: page(samples.appOverride),
  },
  'POST /v1/connect/{project}/app_overrides': {
    takes: ['app', 'name', 'oauth_app_id', 'cfmap'],
    response: samples.appOverride,
  },
  'GET /v1/connect/{project}/app_overrides/{id}': { response: samples.appOverride },
  'PUT /v1/connect/{project}/app_overrides/{id}': {
    takes: ['name', 'oauth_app_id', 'cfmap'],
    response: samples.appOverride,
  },
  'DELETE /v1/connect/{project}/app_overrides/{id}': {},
  'GET /v1/connect/projects': { takes: [...paging, 'q'], response: page(samples.project) },
  'POST /v1/connect/projects': {
    takes: projectKeys,
    response: Response.json(samples.project, { status: 201 }),
  },
  'GET /v1/connect/projects/{project}': { response: samples.project },
  'PATCH /v1/connect/projects/{project}': { takes: projectKeys, response: samples.project },
  'DELETE /v1/connect/projects/{project}': {},
  'POST /v1/connect/projects/{project}/logo': { takes: ['logo'], response: new Response('') },
  'GET /v1/connect/{project}/projects/info': { response: samples.projectInfo },
  'GET /v1/connect/{project}/webhook': { response: { data: keyless } },
  'PUT /v1/connect/{project}/webhook': { takes: ['url'], response: { data: keyless } },
  'DELETE /v1/connect/{project}/webhook': {},
  'POST /v1/connect/{project}/webhook/regenerate_signing_key': {
    response: { data: samples.webhook },
  },
  'GET /v1/connect/usage': {
    takes: ['start_ts', 'end_ts'],
    response: { data: [samples.usagePeriod] },
  },
  'POST /v1/connect/rate_limits': {
    takes: ['window_size_seconds', 'requests_per_window'],
    response: samples.rateLimitToken,
  },
}
