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

/** Whose trigger it is. Pipedream wants to know with each call. */
export interface TriggerOwner {
  /** Your id for your user. */
  externalUserId: string
}

/** The path of one deployed trigger, its id checked. */
export type PathOfTrigger = (id: string) => string[]

/** Checks whose trigger it is. */
export function checkOwner({ externalUserId }: TriggerOwner): void {
  checkRequired('externalUserId', externalUserId)
}

/** Checks a list of texts. */
function checkStrings(input: string, values: readonly string[]): void {
  if (!Array.isArray(values)) checkRequired(input, undefined)
  for (const value of values) checkRequired(input, value)
}

/** What `deployedTriggers.webhooks.update` takes. */
export interface UpdateTriggerWebhooksInput extends TriggerOwner {
  /** All addresses from now on; none with an empty list. Pipedream keeps the id and the key of one that it knows (observed). */
  webhookUrls: readonly string[]
}

/** Which webhook of a trigger. */
export interface TriggerWebhookInput extends TriggerOwner {
  webhookId: string
}

/** Your addresses to which a deployed trigger sends its events. Pipedream tells their signing keys to this client each time. */
export interface TriggerWebhooks {
  /** All of a trigger, without pages. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  list(id: string, owner: TriggerOwner, options?: CallOptions): Promise<readonly Webhook[]>
  /** Replaces all of a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateTriggerWebhooksInput,
    options?: CallOptions,
  ): Promise<readonly Webhook[]>
  /** One of a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  get(id: string, input: TriggerWebhookInput, options?: CallOptions): Promise<Webhook>
  /**
   * Replaces the signing key, and tells the new one; what is signed with the old one can no longer be verified. It is never
   * repeated by itself. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
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
      // A signing key is told once: a repeated request would lose it with the first response.
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

/** What `deployedTriggers.workflows.update` takes. */
export interface UpdateTriggerWorkflowsInput extends TriggerOwner {
  /** All workflows from now on, `p_...`; none with an empty list. */
  workflowIds: readonly string[]
}

/** The ids of the workflows to which a deployed trigger sends its events. */
export interface TriggerWorkflows {
  /** All of a trigger, without pages. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  list(id: string, owner: TriggerOwner, options?: CallOptions): Promise<readonly string[]>
  /** Replaces all of a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateTriggerWorkflowsInput,
    options?: CallOptions,
  ): Promise<readonly string[]>
}

export function createTriggerWorkflows(callApi: CallApi, trigger: PathOfTrigger): TriggerWorkflows {
  // The older name of workflows, which the path still has.
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
