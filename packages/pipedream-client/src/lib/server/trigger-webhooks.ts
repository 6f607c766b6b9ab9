import { checkSegment } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import type { TriggerOwner } from './deployed-trigger.ts'
import { checkOwner, checkTexts, type PathOfTrigger } from './trigger-owner.ts'
import type { Webhook } from './webhook.ts'
import { writeOwnerQuery } from './wire/deployed-trigger.ts'
import { readTriggerWebhooks, writeWebhookUrls } from './wire/trigger-destination.ts'
import { readWebhook } from './wire/webhook.ts'

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
      checkTexts('webhookUrls', input.webhookUrls)
      const body = writeWebhookUrls(input.webhookUrls)
      const query = writeOwnerQuery(input)
      const read = readTriggerWebhooks
      // A signing key is told once: a repeated request would lose it with the first answer.
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
