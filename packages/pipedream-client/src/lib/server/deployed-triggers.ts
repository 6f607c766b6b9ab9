import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import { checkConfiguredProps, type ConfigurableProp } from './components.ts'
import { type FetchPage, listPage, type Page, type PageQuery } from './page.ts'
import { readNothing } from './read-json.ts'
import {
  checkOwner,
  createTriggerWebhooks,
  createTriggerWorkflows,
  type PathOfTrigger,
  type TriggerOwner,
  type TriggerWebhooks,
  type TriggerWorkflows,
} from './trigger-destinations.ts'
import {
  readDeployedTrigger,
  readDeployedTriggers,
  readEmittedEvents,
  writeDeleteQuery,
  writeDeployedTriggersQuery,
  writeEventsQuery,
  writeOwnerQuery,
  writeUpdateRequest,
} from './wire/deployed-triggers.ts'

/** Properties of every deployed trigger. */
interface DeployedTriggerBase {
  /** `dc_...`, `hi_...`, `ti_...` or `ei_...`, depending on `type`. */
  readonly id: string
  /** When the trigger was deployed; null if Pipedream did not say. */
  readonly createdAt: Date | null
  /** When the trigger last changed; null if Pipedream did not say. */
  readonly updatedAt: Date | null
  /** The unmodified response, including keys that these types omit. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A trigger deployed for a user. `type` says which kind. */
export type DeployedTrigger =
  | DeployedSource
  | DeployedHttpTrigger
  | DeployedTimer
  | DeployedEmailTrigger
  | UnknownDeployedTrigger

/** A component of the registry that watches an app. */
export interface DeployedSource extends DeployedTriggerBase {
  /** Always `source`. */
  readonly type: 'source'
  /** Display name. */
  readonly name: string
  /** Pipedream's id of the user, `exu_...`; null if unknown. */
  readonly ownerId: string | null
  /** Key of the component, such as `slack-new-message`; null if Pipedream did not say. */
  readonly componentKey: string | null
  /** Whether the trigger is running. */
  readonly active: boolean
  /** The component's props; empty if Pipedream sent none. */
  readonly configurableProps: readonly ConfigurableProp[]
  /** Prop values by name, unmodified. */
  readonly configuredProps: Readonly<Record<string, unknown>>
  /** Whether it emitted past events on deployment; null if Pipedream did not say. */
  readonly emitOnDeploy: boolean | null
  /**
   * Signing key for `verifyTriggerWebhook`; null unless the trigger was deployed with a webhook. A secret: store it, and never
   * log it.
   */
  readonly webhookSigningKey: string | null
}

/** An HTTP endpoint that emits each request it receives. */
export interface DeployedHttpTrigger extends DeployedTriggerBase {
  /** Always `http`. */
  readonly type: 'http'
  /** URL of the endpoint. */
  readonly endpointUrl: string
}

/** A timer. Either `intervalSeconds` or `cron` is set. */
export interface DeployedTimer extends DeployedTriggerBase {
  /** Always `timer`. */
  readonly type: 'timer'
  /** Interval in seconds; null for a cron schedule. */
  readonly intervalSeconds: number | null
  /** Cron expression; null for an interval. */
  readonly cron: string | null
  /** IANA time zone, such as `UTC` or `Europe/Vienna`; null if Pipedream did not say. */
  readonly timezone: string | null
  /** When the schedule last changed; null if unknown or never. */
  readonly scheduleChangedAt: Date | null
}

/** An e-mail address that emits each message it receives. */
export interface DeployedEmailTrigger extends DeployedTriggerBase {
  /** Always `email`. */
  readonly type: 'email'
  /** The e-mail address. */
  readonly emailAddress: string
}

/** A kind that this client does not know; see `raw`. */
export interface UnknownDeployedTrigger extends DeployedTriggerBase {
  /** Always `unknown`. */
  readonly type: 'unknown'
}

/** An event that a deployed trigger emitted. */
export interface EmittedEvent {
  /** Id of the event. */
  readonly id: string
  /** The emitted value, any JSON. */
  readonly event: unknown
  /** Kind of the event, such as `emit`; null if Pipedream did not say. */
  readonly kind: string | null
  /** Short summary of the event; null if absent. */
  readonly summary: string | null
  /** When it was emitted; null if Pipedream did not say. */
  readonly emittedAt: Date | null
  /** The unmodified event. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Query of `deployedTriggers.list`. */
export interface ListDeployedTriggersQuery extends PageQuery, TriggerOwner {
  /**
   * Only triggers of this kind. Default: not sent, which Pipedream documents as `source`; so other kinds are listed only on
   * request.
   */
  type?: 'source' | 'http' | 'timer' | 'email' | undefined
}

/** Input of `deployedTriggers.update`. Omitted properties keep their values. */
export interface UpdateDeployedTriggerInput extends TriggerOwner {
  /** Whether the trigger runs. Default: unchanged. */
  active?: boolean | undefined
  /** Prop values by name, sent unchanged. Default: unchanged. */
  configuredProps?: Readonly<Record<string, unknown>> | undefined
  /** Display name. Default: unchanged. */
  name?: string | undefined
  /** Whether to emit past events on deployment. Default: unchanged. */
  emitOnDeploy?: boolean | undefined
}

/** Input of `deployedTriggers.delete`. */
export interface DeleteDeployedTriggerInput extends TriggerOwner {
  /**
   * Whether to delete the trigger even if its own cleanup code fails. Default: not sent, which Pipedream documents as false.
   */
  ignoreHookErrors?: boolean | undefined
}

/** Query of `deployedTriggers.events.list`. */
export interface ListEmittedEventsQuery extends TriggerOwner {
  /** Maximum number of events, an integer of at least 1. Default: not sent, which Pipedream documents as 20. */
  limit?: number | undefined
}

/** Triggers that `triggers.deploy` deployed for your users. */
export interface DeployedTriggers {
  /** Resolves to one page of a user's triggers; iterate over it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query: ListDeployedTriggersQuery, options?: CallOptions): Promise<Page<DeployedTrigger>>
  /** Resolves to one trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(id: string, owner: TriggerOwner, options?: CallOptions): Promise<DeployedTrigger>
  /** Changes a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateDeployedTriggerInput,
    options?: CallOptions,
  ): Promise<DeployedTrigger>
  /** Deletes a trigger, after its own cleanup code has run. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(id: string, input: DeleteDeployedTriggerInput, options?: CallOptions): Promise<void>
  /** Events that a trigger emitted. */
  readonly events: {
    /** Resolves to the latest events of a trigger, without pagination. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
    list(
      id: string,
      query: ListEmittedEventsQuery,
      options?: CallOptions,
    ): Promise<readonly EmittedEvent[]>
  }
  /** Your URLs that receive a trigger's events. */
  readonly webhooks: TriggerWebhooks
  /** Workflows that receive a trigger's events. */
  readonly workflows: TriggerWorkflows
}

export function createDeployedTriggers(callApi: CallApi, projectId: string): DeployedTriggers {
  const collection = ['connect', projectId, 'deployed-triggers']
  const one: PathOfTrigger = (id) => [...collection, checkSegment('id', id)]
  return {
    ...crud(callApi, collection, one),
    events: {
      async list(id, query, options) {
        checkOwner(query)
        checkLimit(query.limit)
        const path = [...one(id), 'events']
        const search = writeEventsQuery(query)
        return callApi({ method: 'GET', path, query: search, read: readEmittedEvents }, options)
      },
    },
    webhooks: createTriggerWebhooks(callApi, one),
    workflows: createTriggerWorkflows(callApi, one),
  }
}

function crud(
  callApi: CallApi,
  collection: readonly string[],
  one: PathOfTrigger,
): Pick<DeployedTriggers, 'list' | 'get' | 'update' | 'delete'> {
  const fetchPage: FetchPage<DeployedTrigger, ListDeployedTriggersQuery> = (query, options) => {
    const search = writeDeployedTriggersQuery(query)
    const read = readDeployedTriggers
    return callApi({ method: 'GET', path: collection, query: search, read }, options)
  }
  return {
    async list(query, options) {
      checkOwner(query)
      return listPage(fetchPage, query, options)
    },
    async get(id, owner, options) {
      checkOwner(owner)
      const query = writeOwnerQuery(owner)
      return callApi({ method: 'GET', path: one(id), query, read: readDeployedTrigger }, options)
    },
    async update(id, input, options) {
      checkOwner(input)
      checkInput('name', input.name)
      checkConfiguredProps(input.configuredProps)
      const body = writeUpdateRequest(input)
      const query = writeOwnerQuery(input)
      const read = readDeployedTrigger
      return callApi({ method: 'PUT', path: one(id), query, body, read }, options)
    },
    async delete(id, input, options) {
      checkOwner(input)
      const query = writeDeleteQuery(input)
      return callApi({ method: 'DELETE', path: one(id), query, read: readNothing }, options)
    },
  }
}

function checkLimit(limit = 1): void {
  if (Number.isInteger(limit) && limit >= 1) return
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'limit', 'an integer, at least 1')
}
