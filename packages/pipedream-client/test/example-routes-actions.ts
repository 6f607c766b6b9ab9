import type { ExampleRoutes } from './example-api.ts'
import * as samples from './samples.ts'

const page = (...data: unknown[]) => ({ data, page_info: { count: data.length, end_cursor: null } })
const paging = ['after', 'before', 'limit']
const owner = 'external_user_id'
const componentKeys = ['id', 'version', owner, 'configured_props', 'dynamic_props_id']
const webhooks = { webhook_urls: [samples.triggerWebhook.url], webhooks: [samples.triggerWebhook] }
const trigger = '/v1/connect/{project}/deployed-triggers/{id}'

function family(name: string, ...filters: string[]): ExampleRoutes {
  const root = `/v1/connect/{project}/${name}`
  return {
    [`GET ${root}`]: {
      takes: [...paging, 'q', 'app', 'registry', ...filters],
      response: page(samples.component),
    },
    [`POST ${root}/configure`]: {
      takes: [...componentKeys, 'prop_name', 'blocking', 'page', 'prev_context', 'query'],
      response: samples.configuredProp,
    },
    [`POST ${root}/props`]: {
      takes: [...componentKeys, 'blocking'],
      response: samples.reloadedProps,
    },
    [`GET ${root}/{key}`]: { takes: ['version'], response: { data: samples.component } },
  }
}

/** Components, actions, triggers, files and the proxy. */
export const exampleActionRoutes: ExampleRoutes = {
  ...family('components', 'component_type'),
  ...family('actions'),
  ...family('triggers'),
  'POST /v1/connect/{project}/actions/run': {
    takes: [...componentKeys, 'stash_id'],
    response: samples.actionRun,
  },
  'POST /v1/connect/{project}/triggers/deploy': {
    takes: [...componentKeys, 'workflow_id', 'webhook_url', 'emit_on_deploy'],
    response: { data: samples.deployedSource },
  },
  'GET /v1/connect/{project}/deployed-triggers': {
    takes: [...paging, owner, 'emitter_type'],
    response: page(samples.deployedSource),
  },
  [`GET ${trigger}`]: { takes: [owner], response: { data: samples.deployedSource } },
  [`PUT ${trigger}`]: {
    takes: [owner, 'active', 'configured_props', 'name', 'emit_on_deploy'],
    response: { data: samples.deployedSource },
  },
  [`DELETE ${trigger}`]: { takes: [owner, 'ignore_hook_errors'] },
  [`GET ${trigger}/events`]: { takes: [owner, 'n'], response: { data: [samples.emittedEvent] } },
  [`GET ${trigger}/webhooks`]: { takes: [owner], response: webhooks },
  [`PUT ${trigger}/webhooks`]: { takes: [owner, 'webhook_urls'], response: webhooks },
  [`POST ${trigger}/webhooks/{webhook}/regenerate_signing_key`]: {
    takes: [owner],
    response: { data: samples.triggerWebhook },
  },
  [`PUT ${trigger}/pipelines`]: {
    takes: [owner, 'workflow_ids'],
    response: { workflow_ids: ['p_abc123'] },
  },
  'GET /v1/connect/{project}/file_stash/download': {
    takes: ['s3_key'],
    response: new Response('%PDF', { headers: { 'content-type': 'application/pdf' } }),
  },
  'GET /v1/connect/{project}/proxy/{target}': { takes: [owner, 'account_id'], response: {} },
  'POST /v1/connect/{project}/proxy/{target}': { takes: [owner, 'account_id'], response: {} },
}
