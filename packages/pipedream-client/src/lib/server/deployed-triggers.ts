import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import { checkConfiguredProps } from './components.ts'
import type {
  DeleteDeployedTriggerInput,
  DeployedTrigger,
  EmittedEvent,
  ListDeployedTriggersQuery,
  ListEmittedEventsQuery,
  TriggerOwner,
  UpdateDeployedTriggerInput,
} from './deployed-trigger.ts'
import { type FetchPage, listPage, type Page } from './page.ts'
import { checkOwner, type PathOfTrigger } from './trigger-owner.ts'
import { createTriggerWebhooks, type TriggerWebhooks } from './trigger-webhooks.ts'
import { createTriggerWorkflows, type TriggerWorkflows } from './trigger-workflows.ts'
import {
  readDeployedTrigger,
  readDeployedTriggers,
  readEmittedEvents,
  writeDeleteQuery,
  writeDeployedTriggersQuery,
  writeEventsQuery,
  writeOwnerQuery,
  writeUpdateRequest,
} from './wire/deployed-trigger.ts'
import { readNothing } from './wire/nothing.ts'

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
