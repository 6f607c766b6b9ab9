import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkRequired } from './check-input.ts'
import type { Webhook } from './project-webhook.ts'
import {
  readTriggerWebhooks,
  readWorkflowIds,
  writeOwnerQuery,
  writeWebhookUrls,
  writeWorkflowIds,
} from './wire/deployed-triggers.ts'
import { readWebhook } from './wire/webhook.ts'

/** The user whose trigger it is. Pipedream requires it in every call. */
export interface TriggerOwner {
  /** Your id for your user. */
  externalUserId: string
}

/** Returns the path of one deployed trigger, after validating its id. */
export type PathOfTrigger = (id: string) => string[]

/** Validates the owner of a trigger. */
export function checkOwner({ externalUserId }: TriggerOwner): void {
  checkRequired('externalUserId', externalUserId)
}

/** Checks a list of strings. */
function checkStrings(input: string, values: readonly string[]): void {
  if (!Array.isArray(values)) checkRequired(input, undefined)
  for (const value of values) checkRequired(input, value)
}

/** Input of `deployedTriggers.webhooks.update`. */
export interface UpdateTriggerWebhooksInput extends TriggerOwner {
  /**
   * The complete new list of URLs; an empty list removes all. Pipedream keeps the id and the signing key of a URL that it
   * already has (observed).
   */
  webhookUrls: readonly string[]
}

/** Identifies a webhook of a trigger. */
export interface TriggerWebhookInput extends TriggerOwner {
  /** Id of the webhook. */
  webhookId: string
}

/** Your URLs that receive the events of a deployed trigger. Pipedream returns their signing keys in every response. */
export interface TriggerWebhooks {
  /** Resolves to all webhooks of a trigger, without pagination. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  list(id: string, owner: TriggerOwner, options?: CallOptions): Promise<readonly Webhook[]>
  /**
   * Replaces all webhooks of a trigger. Never retried, unless `repeatable` is set. Throws `ERR_NOT_FOUND`, or another
   * `PipedreamError`.
   */
  update(
    id: string,
    input: UpdateTriggerWebhooksInput,
    options?: CallOptions,
  ): Promise<readonly Webhook[]>
  /** Resolves to one webhook of a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(id: string, input: TriggerWebhookInput, options?: CallOptions): Promise<Webhook>
  /**
   * Replaces the signing key and returns the new one. Events signed with the old key can no longer be verified. Never retried,
   * unless `repeatable` is set. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  regenerateSigningKey(
    id: string,
    input: TriggerWebhookInput,
    options?: CallOptions,
  ): Promise<Webhook>
}

export function createTriggerWebhooks(callApi: CallApi, trigger: PathOfTrigger): TriggerWebhooks {
  const all = (id: string) => [...trigger(id), 'webhooks']
  const one = (id: string, input: TriggerWebhookInput) => {
    checkOwner(input)
    return [...all(id), checkSegment('webhookId', input.webhookId)]
  }
  return {
    async list(id, owner, options) {
      checkOwner(owner)
      const query = writeOwnerQuery(owner)
      return callApi({ method: 'GET', path: all(id), query, read: readTriggerWebhooks }, options)
    },
    async update(id, input, options) {
      checkOwner(input)
      checkStrings('webhookUrls', input.webhookUrls)
      const body = writeWebhookUrls(input.webhookUrls)
      const query = writeOwnerQuery(input)
      const read = readTriggerWebhooks
      // A retry could lose a new signing key with the first response.
      return callApi(
        { method: 'PUT', path: all(id), query, body, repeatable: false, read },
        options,
      )
    },
    async get(id, input, options) {
      const path = one(id, input)
      const query = writeOwnerQuery(input)
      return callApi({ method: 'GET', path, query, read: readWebhook }, options)
    },
    async regenerateSigningKey(id, input, options) {
      const path = [...one(id, input), 'regenerate_signing_key']
      const query = writeOwnerQuery(input)
      return callApi({ method: 'POST', path, query, read: readWebhook }, options)
    },
  }
}

/** Input of `deployedTriggers.workflows.update`. */
export interface UpdateTriggerWorkflowsInput extends TriggerOwner {
  /** The complete new list of workflow ids, `p_...`; an empty list removes all. */
  workflowIds: readonly string[]
}

/** The workflows that receive the events of a deployed trigger. */
export interface TriggerWorkflows {
  /**
   * Resolves to the ids of all workflows of a trigger, `p_...`, without pagination. Throws `ERR_NOT_FOUND`, or another
   * `PipedreamError`.
   */
  list(id: string, owner: TriggerOwner, options?: CallOptions): Promise<readonly string[]>
  /** Replaces all workflows of a trigger, and resolves to their ids. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateTriggerWorkflowsInput,
    options?: CallOptions,
  ): Promise<readonly string[]>
}

export function createTriggerWorkflows(callApi: CallApi, trigger: PathOfTrigger): TriggerWorkflows {
  // The path still uses the former name of workflows.
  const all = (id: string) => [...trigger(id), 'pipelines']
  return {
    async list(id, owner, options) {
      checkOwner(owner)
      const query = writeOwnerQuery(owner)
      return callApi({ method: 'GET', path: all(id), query, read: readWorkflowIds }, options)
    },
    async update(id, input, options) {
      checkOwner(input)
      checkStrings('workflowIds', input.workflowIds)
      const body = writeWorkflowIds(input.workflowIds)
      const query = writeOwnerQuery(input)
      const read = readWorkflowIds
      return callApi({ method: 'PUT', path: all(id), query, body, read }, options)
    },
  }
}
