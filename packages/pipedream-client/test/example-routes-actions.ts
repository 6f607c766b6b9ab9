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
      answer: page(samples.component),
    },
    [`POST ${root}/configure`]: {
      takes: [...componentKeys, 'prop_name', 'blocking', 'page', 'prev_context', 'query'],
      answer: samples.configuredProp,
    },
    [`POST ${root}/props`]: {
      takes: [...componentKeys, 'blocking'],
      answer: samples.reloadedProps,
    },
    [`GET ${root}/{key}`]: { takes: ['version'], answer: { data: samples.component } },
  }
}

/** Components, actions, triggers, files and the proxy. */
export const exampleActionRoutes: ExampleRoutes = {
  ...family('components', 'component_type'),
  ...family('actions'),
  ...family('triggers'),
  'POST /v1/connect/{project}/actions/run': {
    takes: [...componentKeys, 'stash_id'],
    answer: samples.actionRun,
  },
  'POST /v1/connect/{project}/triggers/deploy': {
    takes: [...componentKeys, 'workflow_id', 'webhook_url', 'emit_on_deploy'],
    answer: { data: samples.deployedSource },
  },
  'GET /v1/connect/{project}/deployed-triggers': {
    takes: [...paging, owner, 'emitter_type'],
    answer: page(samples.deployedSource),
  },
  [`GET ${trigger}`]: { takes: [owner], answer: { data: samples.deployedSource } },
  [`PUT ${trigger}`]: {
    takes: [owner, 'active', 'configured_props', 'name', 'emit_on_deploy'],
    answer: { data: samples.deployedSource },
  },
  [`DELETE ${trigger}`]: { takes: [owner, 'ignore_hook_errors'] },
  [`GET ${trigger}/events`]: { takes: [owner, 'n'], answer: { data: [samples.emittedEvent] } },
  [`GET ${trigger}/webhooks`]: { takes: [owner], answer: webhooks },
  [`PUT ${trigger}/webhooks`]: { takes: [owner, 'webhook_urls'], answer: webhooks },
  [`POST ${trigger}/webhooks/{webhook}/regenerate_signing_key`]: {
    takes: [owner],
    answer: { data: samples.triggerWebhook },
  },
  [`PUT ${trigger}/pipelines`]: {
    takes: [owner, 'workflow_ids'],
    answer: { workflow_ids: ['p_abc123'] },
  },
  'GET /v1/connect/{project}/file_stash/download': {
    takes: ['s3_key'],
    answer: new Response('%PDF', { headers: { 'content-type': 'application/pdf' } }),
  },
  'GET /v1/connect/{project}/proxy/{target}': { takes: [owner, 'account_id'], answer: {} },
  'POST /v1/connect/{project}/proxy/{target}': { takes: [owner, 'account_id'], answer: {} },
}
