import type { Query } from '../../http/build-url.ts'
import type {
  DeleteDeployedTriggerInput,
  DeployedSource,
  DeployedTrigger,
  EmittedEvent,
  ListDeployedTriggersQuery,
  ListEmittedEventsQuery,
  UpdateDeployedTriggerInput,
} from '../deployed-triggers.ts'
import type { ListResponse } from '../page.ts'
import type { Webhook } from '../project-webhook.ts'
import { type Fields, fieldsOf, type Read, readList, unreadable } from '../read-json.ts'
import type { TriggerOwner } from '../trigger-destinations.ts'
import { readProps } from './components.ts'
import { readPage } from './page.ts'
import { webhookOf } from './webhook.ts'

export function writeOwnerQuery({ externalUserId }: TriggerOwner): Query {
  return { external_user_id: externalUserId }
}

export function writeDeployedTriggersQuery(query: ListDeployedTriggersQuery): Query {
  return {
    after: query.after,
    before: query.before,
    limit: query.limit,
    ...writeOwnerQuery(query),
    emitter_type: query.type,
  }
}

export function writeDeleteQuery(input: DeleteDeployedTriggerInput): Query {
  return { ...writeOwnerQuery(input), ignore_hook_errors: input.ignoreHookErrors }
}

export function writeEventsQuery(query: ListEmittedEventsQuery): Query {
  return { ...writeOwnerQuery(query), n: query.limit }
}

export function writeUpdateRequest(input: UpdateDeployedTriggerInput): Record<string, unknown> {
  return {
    active: input.active,
    configured_props: input.configuredProps,
    name: input.name,
    emit_on_deploy: input.emitOnDeploy,
  }
}

export function readDeployedTriggers(value: unknown): ListResponse<DeployedTrigger> {
  return readPage(value, deployedTriggerOf)
}

export function readDeployedTrigger(value: unknown): DeployedTrigger {
  return deployedTriggerOf(fieldsOf(value, '').raw.data, 'data')
}

const deployedTriggerOf: Read<DeployedTrigger> = (value, at) => {
  const fields = fieldsOf(value, at)
  const base = {
    id: fields.id('id'),
    // Pipedream's schema says milliseconds, but its examples show seconds.
    createdAt: fields.optionalInstant('created_at'),
    updatedAt: fields.optionalInstant('updated_at'),
    raw: fields.raw,
  }
  switch (fields.raw.type) {
    case 'DeployedComponent':
      return { ...base, ...sourceOf(fields) }
    case 'HttpInterface':
      return { ...base, type: 'http', endpointUrl: fields.string('endpoint_url') }
    case 'TimerInterface':
      return {
        ...base,
        type: 'timer',
        intervalSeconds: fields.optionalNumber('interval_seconds'),
        cron: fields.optionalString('cron'),
        timezone: fields.optionalString('timezone'),
        scheduleChangedAt: fields.optionalInstant('schedule_changed_at'),
      }
    case 'EmailInterface':
      return { ...base, type: 'email', emailAddress: fields.string('email_address') }
    default:
      return { ...base, type: 'unknown' }
  }
}

function sourceOf(fields: Fields): Omit<DeployedSource, 'id' | 'createdAt' | 'updatedAt' | 'raw'> {
  const props = fields.inner('configurable_props')
  return {
    type: 'source',
    name: fields.string('name'),
    ownerId: fields.optionalString('owner_id'),
    componentKey: fields.optionalString('component_key'),
    active: fields.optionalBoolean('active') ?? false,
    configurableProps: readProps(props.value ?? [], props.at),
    configuredProps: fields.optionalObject('configured_props') ?? {},
    emitOnDeploy: fields.optionalBoolean('emit_on_deploy'),
    webhookSigningKey: fields.optionalString('webhook_signing_key'),
  }
}

export function readEmittedEvents(value: unknown): readonly EmittedEvent[] {
  return readList(fieldsOf(value, '').raw.data, 'data', emittedEventOf)
}

const emittedEventOf: Read<EmittedEvent> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.string('id'),
    event: fields.raw.e,
    kind: fields.optionalString('k'),
    summary: fields.optionalString('sum'),
    emittedAt: fields.optionalInstant('ts'),
    raw: fields.raw,
  }
}

export function writeWebhookUrls(webhookUrls: readonly string[]): Record<string, unknown> {
  return { webhook_urls: webhookUrls }
}

export function readTriggerWebhooks(value: unknown): readonly Webhook[] {
  return readList(fieldsOf(value, '').raw.webhooks, 'webhooks', webhookOf)
}

export function writeWorkflowIds(workflowIds: readonly string[]): Record<string, unknown> {
  return { workflow_ids: workflowIds }
}

export function readWorkflowIds(value: unknown): readonly string[] {
  const fields = fieldsOf(value, '')
  return 'workflow_ids' in fields.raw
    ? fields.strings('workflow_ids')
    : unreadable('workflow_ids', 'a list')
}
