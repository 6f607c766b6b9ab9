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

interface DeployedTriggerBase {
  /** `dc_...`, `hi_...`, `ti_...` or `ei_...`. */
  readonly id: string
  /** Null when Pipedream did not say. */
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The response as it came, with the keys that these types leave out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A trigger that was deployed for a user; `type` tells which kind. */
export type DeployedTrigger =
  | DeployedSource
  | DeployedHttpTrigger
  | DeployedTimer
  | DeployedEmailTrigger
  | UnknownDeployedTrigger

/** Code of the registry that watches an app. */
export interface DeployedSource extends DeployedTriggerBase {
  readonly type: 'source'
  /** The name for people. */
  readonly name: string
  /** Pipedream's id of the user, `exu_...`. */
  readonly ownerId: string | null
  /** The trigger's key, such as `slack-new-message`. Null when Pipedream did not say. */
  readonly componentKey: string | null
  /** Whether it watches. */
  readonly active: boolean
  readonly configurableProps: readonly ConfigurableProp[]
  /** The values of its props, as they came. */
  readonly configuredProps: Readonly<Record<string, unknown>>
  readonly emitOnDeploy: boolean | null
  /** For `verifyTriggerWebhook`; there when it was deployed with a webhook. A secret: keep it, and do not log it. */
  readonly webhookSigningKey: string | null
}

/** An address that emits what is sent to it. */
export interface DeployedHttpTrigger extends DeployedTriggerBase {
  readonly type: 'http'
  /** Where to send requests. */
  readonly endpointUrl: string
}

/** A clock. One of `intervalSeconds` and `cron` is there. */
export interface DeployedTimer extends DeployedTriggerBase {
  readonly type: 'timer'
  readonly intervalSeconds: number | null
  readonly cron: string | null
  /** Such as `UTC` or `Europe/Vienna`. */
  readonly timezone: string | null
  readonly scheduleChangedAt: Date | null
}

/** An e-mail address that emits what is sent to it. */
export interface DeployedEmailTrigger extends DeployedTriggerBase {
  readonly type: 'email'
  readonly emailAddress: string
}

/** A kind that this client does not know; see `raw`. */
export interface UnknownDeployedTrigger extends DeployedTriggerBase {
  readonly type: 'unknown'
}

/** Something that a deployed trigger emitted. */
export interface EmittedEvent {
  readonly id: string
  /** What was emitted: any JSON. */
  readonly event: unknown
  /** `emit`, ... */
  readonly kind: string | null
  /** In a few words; null when there are none. */
  readonly summary: string | null
  readonly emittedAt: Date | null
  /** The response as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `deployedTriggers.list` takes. */
export interface ListDeployedTriggersQuery extends PageQuery, TriggerOwner {
  /** Only this kind. Default: not sent, which Pipedream documents as `source`: the other kinds are not listed unless asked for. */
  type?: 'source' | 'http' | 'timer' | 'email' | undefined
}

/** What `deployedTriggers.update` takes; what is left out stays as it is. */
export interface UpdateDeployedTriggerInput extends TriggerOwner {
  /** False to have it stop watching. */
  active?: boolean | undefined
  /** The values of its props, by their names; sent as they are. */
  configuredProps?: Readonly<Record<string, unknown>> | undefined
  name?: string | undefined
  emitOnDeploy?: boolean | undefined
}

/** What `deployedTriggers.delete` takes. */
export interface DeleteDeployedTriggerInput extends TriggerOwner {
  /** Delete it even if its own code, which cleans up at the app, fails. Default: not sent, which Pipedream documents as false. */
  ignoreHookErrors?: boolean | undefined
}

/** What `deployedTriggers.events.list` takes. */
export interface ListEmittedEventsQuery extends TriggerOwner {
  /** How many, at most. Default: not sent, which Pipedream documents as 20. */
  limit?: number | undefined
}

/** Triggers that were deployed for your users, with `triggers.deploy`. */
export interface DeployedTriggers {
  /** One page of a user's triggers; walk it with `for await` to get them all. Throws a `PipedreamError`. */
  list(query: ListDeployedTriggersQuery, options?: CallOptions): Promise<Page<DeployedTrigger>>
  /** One trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(id: string, owner: TriggerOwner, options?: CallOptions): Promise<DeployedTrigger>
  /** Changes a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateDeployedTriggerInput,
    options?: CallOptions,
  ): Promise<DeployedTrigger>
  /** Deletes a trigger, after its own code has cleaned up at the app. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(id: string, input: DeleteDeployedTriggerInput, options?: CallOptions): Promise<void>
  readonly events: {
    /** The latest events of a trigger, without pages. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
    list(
      id: string,
      query: ListEmittedEventsQuery,
      options?: CallOptions,
    ): Promise<readonly EmittedEvent[]>
  }
  readonly webhooks: TriggerWebhooks
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
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'limit', 'a whole number, at least 1')
}
