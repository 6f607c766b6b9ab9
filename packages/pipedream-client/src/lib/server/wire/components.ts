import type { Query } from '../../http/build-url.ts'
import type { RunActionInput } from '../actions.ts'
import type {
  Component,
  ComponentAnnotations,
  ComponentInput,
  ConfigurableProp,
  ConfigurePropInput,
  ListAllComponentsQuery,
  PropOption,
  ReloadPropsInput,
} from '../components.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'
import type { DeployTriggerInput } from '../triggers.ts'
import { readPage } from './page.ts'

export function writeComponentsQuery(query: ListAllComponentsQuery): Query {
  return {
    after: query.after,
    before: query.before,
    limit: query.limit,
    q: query.search,
    app: query.app,
    registry: query.registry,
    component_type: query.componentType,
  }
}

export function writeVersionQuery(version: string | undefined): Query {
  return { version }
}

function writeComponent(input: ComponentInput): Record<string, unknown> {
  return {
    id: input.key,
    version: input.version,
    external_user_id: input.externalUserId,
    // The keys are names of props, so they are not renamed.
    configured_props: input.configuredProps,
    dynamic_props_id: input.dynamicPropsId,
  }
}

export function writeConfigureRequest(input: ConfigurePropInput): Record<string, unknown> {
  return {
    ...writeComponent(input),
    prop_name: input.propName,
    blocking: input.blocking,
    page: input.page,
    prev_context: input.prevContext,
    query: input.query,
  }
}

export function writeReloadRequest(input: ReloadPropsInput): Record<string, unknown> {
  return { ...writeComponent(input), blocking: input.blocking }
}

export function writeRunRequest(input: RunActionInput): Record<string, unknown> {
  return { ...writeComponent(input), stash_id: input.stashId }
}

export function writeDeployRequest(input: DeployTriggerInput): Record<string, unknown> {
  return {
    ...writeComponent(input),
    workflow_id: input.workflowId,
    webhook_url: input.webhookUrl,
    emit_on_deploy: input.emitOnDeploy,
  }
}

export function readComponents(value: unknown): ListResponse<Component> {
  return readPage(value, componentOf)
}

export function readComponent(value: unknown): Component {
  return componentOf(fieldsOf(value, '').raw.data, 'data')
}

const COMPONENT_TYPES = { action: 'action', trigger: 'trigger', source: 'trigger' } as const

const componentOf: Read<Component> = (value, at) => {
  const fields = fieldsOf(value, at)
  const props = fields.inner('configurable_props')
  const { stash } = fields.raw
  return {
    key: fields.id('key'),
    name: fields.string('name'),
    version: fields.id('version'),
    description: fields.optionalString('description'),
    componentType: componentTypeOf(fields.optionalString('component_type')),
    stash: stash === 'optional' || stash === 'required' ? stash : null,
    configurableProps: readProps(props.value, props.at),
    annotations: annotationsOf(fields.raw.annotations),
    raw: fields.raw,
  }
}

// Tolerant, as with props: authors write these.
function annotationsOf(value: unknown): ComponentAnnotations | null {
  const raw = objectOf(value)
  if (raw === null) return null
  return {
    title: stringOf(raw.title),
    readOnlyHint: flagOf(raw.readOnlyHint),
    destructiveHint: flagOf(raw.destructiveHint),
    idempotentHint: flagOf(raw.idempotentHint),
    openWorldHint: flagOf(raw.openWorldHint),
  }
}

function componentTypeOf(type: string | null): Component['componentType'] {
  return type === 'action' || type === 'trigger' || type === 'source' ? COMPONENT_TYPES[type] : null
}

/** A list of props: of a component, of reloaded props, or of a deployed trigger. */
export const readProps: Read<readonly ConfigurableProp[]> = (value, at) =>
  readList(value, at, propOf)

// Pipedream's own forms always request options for these types, whether or not the prop says that they exist (observed).
const ALWAYS_REMOTE = new Set(['$.discord.channel', '$.discord.channel[]'])

// Tolerant except for name and type: one invalid prop must not make a whole registry unreadable.
const propOf: Read<ConfigurableProp> = (value, at) => {
  const fields = fieldsOf(value, at)
  const { raw } = fields
  const name = fields.string('name')
  const type = fields.string('type')
  return {
    name,
    type,
    label: stringOf(raw.label) ?? name,
    description: stringOf(raw.description),
    app: stringOf(raw.app),
    optional: raw.optional === true,
    hidden: raw.hidden === true,
    disabled: raw.disabled === true,
    readOnly: raw.readOnly === true,
    remoteOptions: raw.remoteOptions === true || ALWAYS_REMOTE.has(type),
    useQuery: raw.useQuery === true,
    reloadProps: raw.reloadProps === true,
    withLabel: raw.withLabel === true,
    default: raw.default ?? undefined,
    options: Array.isArray(raw.options) ? raw.options.map(optionOf) : null,
    raw,
  }
}

/** An option: a plain value, `{ label, value }`, or the latter inside `__lv`. */
export function optionOf(option: unknown): PropOption {
  const outer = objectOf(option)
  const inner = objectOf(outer?.__lv) ?? outer
  const value = inner !== null && 'value' in inner ? inner.value : option
  return { label: stringOf(inner?.label) ?? labelOf(value), value }
}

function labelOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
