// Responses as Pipedream documents them. Every id, name and address is invented.

export const app = {
  id: 'app_Ex4mpl',
  name_slug: 'google_sheets',
  name: 'Google Sheets',
  auth_type: 'oauth',
  description: 'Spreadsheets',
  img_src: 'https://assets.example.net/gs.png',
  custom_fields_json:
    '[{"name":"subdomain","label":"Subdomain","description":"","default":"www","optional":true,"type":"string"},{"name":"api_key","type":"password"}]',
  categories: ['Productivity'],
  featured_weight: 900,
  scope_profiles: [{ name: 'read_only', scopes: ['spreadsheets.readonly'] }],
}

export const account = {
  id: 'apn_Ex4mpl',
  name: 'ada@example.com',
  external_id: 'ada',
  healthy: true,
  dead: null,
  app,
  created_at: '2026-03-25T17:49:15.000Z',
  updated_at: '2026-03-25T17:49:15.123456+00:00',
  authorized_scopes: ['spreadsheets'],
  expires_at: '2026-03-25T18:49:15Z',
  error: null,
  last_refreshed_at: '2026-03-25T19:49:15+02:00',
  next_refresh_at: null,
}

export const connectToken = {
  token: 'ctok_0123456789abcdef0123456789abcdef',
  expires_at: '2026-05-22T12:00:00.000Z',
  connect_link_url:
    'https://pipedream.com/_static/connect.html?token=ctok_0123456789abcdef0123456789abcdef&connectLink=true',
}

export const validation = {
  success: true,
  error: null,
  app,
  oauth_app_id: 'oa_Ex4mple',
  app_override_id: null,
  app_override_field_names: ['subdomain'],
  oauth_app_workday_official: null,
  oauth_app_connect_base_url: null,
  project_id: 'proj_AbC123',
  project_environment: 'development',
  project_app_name: 'Acme',
  project_support_email: 'help@example.com',
  success_redirect_uri: 'https://app.example.com/ok',
  error_redirect_uri: null,
}

export const user = {
  id: 'exu_Ex4mpl',
  external_id: 'ada',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
}

export const appCategory = {
  id: 'appcat_3yh4Yr',
  name: 'CRM',
  description: 'Customer relationship management',
}

export const oauthApp = {
  ...app,
  id: 'oa_Ex4mple',
  name: 'Acme Sheets',
  description: 'prod client',
  client_id: '111.222',
  scopes: ['spreadsheets'],
  additional_scopes: ['drive.file'],
  redirect_uri: 'https://api.pipedream.com/connect/oauth/oa_Ex4mple/callback',
  owner_id: 'proj_AbC123',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
}

export const appOverride = {
  id: 'ao_example',
  name: 'acme-sheets',
  app,
  oauth_app_id: 'oa_Ex4mple',
  cfmap: { subdomain: 'acme', apiVersion: 2 },
  owner_id: 'proj_AbC123',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: null,
}

export const project = {
  id: 'proj_AbC123',
  name: 'Acme prod',
  app_name: 'Acme',
  support_email: 'help@example.com',
  connect_require_key_auth_test: true,
}

export const projectInfo = { apps: [{ id: 'oa_Ex4mple', name_slug: 'slack' }] }

export const usagePeriod = {
  credits_used: 42,
  action_run_credits_used: 30,
  proxy_credits_used: 10,
  source_emit_credits_used: 2,
  usage_start_ts: 1767225600,
  usage_end_ts: 1767312000,
}

export const webhook = {
  id: 'wh_example',
  url: 'https://app.example.com/hooks/all',
  signing_key: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  signing_key_set: true,
  created_at: 1767225600,
  updated_at: 1767225600,
}

export const rateLimitToken = { token: 'example.rate.limit.token' }

export const component = {
  key: 'slack-send-message',
  name: 'Send Message',
  version: '0.1.2',
  description: 'Post a message to a channel',
  component_type: 'action',
  stash: null,
  annotations: { destructiveHint: false },
  configurable_props: [
    { name: 'slack', type: 'app', app: 'slack' },
    {
      name: 'conversation',
      type: 'string',
      label: 'Channel',
      description: 'Where to post',
      remoteOptions: true,
      useQuery: true,
      reloadProps: true,
      withLabel: true,
    },
    { name: 'unfurl', type: 'boolean', label: 'Unfurl links', optional: true, default: false },
    {
      name: 'color',
      type: 'string',
      options: ['red', { label: 'Blue', value: 'b' }, { __lv: { label: 'Green', value: 7 } }],
    },
  ],
}

export const deployedSource = {
  id: 'dc_Ex4mpl',
  owner_id: 'exu_Ex4mpl',
  component_id: 'sc_Ex4mpl',
  component_key: 'slack-new-message',
  configurable_props: [{ name: 'slack', type: 'app', app: 'slack' }],
  configured_props: { slack: { authProvisionId: 'apn_Ex4mpl' }, a_b: { cD: 1 } },
  active: true,
  created_at: 1_767_225_600,
  updated_at: 1_767_225_600_000,
  name: 'Acme - exu_Ex4mpl',
  name_slug: 'acme-exu-ex4mpl',
  callback_observations: null,
  emit_on_deploy: true,
  type: 'DeployedComponent',
  webhook_signing_key: '00112233445566778899aabbccddeeff',
}

export const triggerWebhook = {
  id: 'wh_example',
  url: 'https://app.example.com/hooks/trigger',
  signing_key: '00112233445566778899aabbccddeeff',
  signing_key_set: true,
}

export const actionRun = {
  exports: { $summary: 'Sent' },
  os: [{ k: 'console.log', msg: 'done', ts: 1_767_225_600_000 }],
  ret: { ok: true },
  stash_id: '0123456789abcdef',
}

export const configuredProp = {
  observations: [{ k: 'console.log', msg: 'fetched', ts: 1_767_225_600_000 }],
  context: { nextPageToken: 'def' },
  options: [{ label: '#general', value: 'C01' }, { __lv: { label: '#random', value: 'C02' } }],
  stringOptions: null,
  errors: [],
}

export const reloadedProps = {
  observations: [],
  errors: [],
  dynamicProps: {
    id: 'dyp_Ex4mpl',
    configurableProps: [
      { name: 'slack', type: 'app', app: 'slack' },
      { name: 'thread_ts', type: 'string' },
    ],
  },
}

export const emittedEvent = {
  e: { text: 'hello' },
  k: 'emit',
  ts: 1_767_225_600_000,
  id: '1767225600000-0',
  sum: 'hello',
}
