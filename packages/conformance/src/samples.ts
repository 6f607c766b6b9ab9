// Responses as Pipedream documents them; all ids, names and addresses are invented.

export const app = {
  id: 'app_Ex4mpl',
  name_slug: 'slack',
  name: 'Slack',
  auth_type: 'oauth',
  description: 'Messages',
  img_src: 'https://assets.example.net/slack.png',
  custom_fields_json: '[]',
  categories: ['Communication'],
  featured_weight: 900,
  scope_profiles: [{ name: 'read_only', scopes: ['channels:read'] }],
}

const instants = {
  created_at: '2026-03-25T17:49:15.000Z',
  updated_at: '2026-03-25T17:49:15.000Z',
}

export const account = {
  id: 'apn_Ex4mpl',
  name: 'ada@example.com',
  external_id: 'ada',
  healthy: true,
  dead: null,
  app,
  ...instants,
}

export const connectToken = {
  token: 'ctok_0123456789abcdef0123456789abcdef',
  expires_at: '2026-05-22T12:00:00.000Z',
  connect_link_url: 'https://pipedream.com/_static/connect.html?token=ctok_0123&connectLink=true',
}

export const validation = {
  success: true,
  app,
  project_id: 'proj_AbC123',
  project_environment: 'development',
}

export const user = { id: 'exu_Ex4mpl', external_id: 'ada', ...instants }

export const appCategory = { id: 'appcat_1', name: 'CRM', description: 'Customers' }

export const oauthApp = { ...app, id: 'oa_Ex4mpl', client_id: '111.222', ...instants }

export const appOverride = { id: 'ao_1', name: 'acme', app, cfmap: { region: 'eu' }, ...instants }

export const project = { id: 'proj_AbC123', name: 'Acme', app_name: 'Acme' }

export const usagePeriod = {
  credits_used: 42,
  usage_start_ts: 1_767_225_600,
  usage_end_ts: 1_767_312_000,
}

export const webhook = {
  id: 'wh_1',
  url: 'https://app.example.com/hooks',
  signing_key: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  signing_key_set: true,
  created_at: 1_767_225_600,
  updated_at: 1_767_225_600,
}

export const component = {
  key: 'slack-send-message',
  name: 'Send message',
  version: '0.1.2',
  component_type: 'action',
  configurable_props: [{ name: 'slack', type: 'app', app: 'slack' }],
}

export const configuredProp = {
  observations: [],
  context: null,
  options: [{ label: 'General', value: 'C01' }],
  errors: [],
}

export const reloadedProps = {
  observations: [],
  errors: [],
  dynamicProps: { id: 'dyp_1', configurableProps: component.configurable_props },
}

export const actionRun = { exports: {}, os: [], ret: { ok: true } }

export const deployedTrigger = {
  id: 'dc_1',
  owner_id: 'exu_Ex4mpl',
  component_id: 'sc_1',
  component_key: 'slack-new-message',
  configurable_props: component.configurable_props,
  configured_props: { slack: { authProvisionId: 'apn_Ex4mpl' } },
  active: true,
  created_at: 1_767_225_600,
  updated_at: 1_767_225_600,
  name: 'Acme',
  name_slug: 'acme',
  type: 'DeployedComponent',
}

export const emittedEvent = { e: { text: 'hi' }, k: 'emit', ts: 1_767_225_600_000, id: '1-0' }
