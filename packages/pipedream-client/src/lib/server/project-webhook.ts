import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readNothing } from './read-json.ts'
import { readOptionalWebhook, readWebhook, writeWebhookRequest } from './wire/webhook.ts'

/** One of your URLs that receive events from Pipedream. */
export interface Webhook {
  /** Id of the webhook. */
  readonly id: string
  /** The URL that receives events. */
  readonly url: string
  /**
   * The key with which Pipedream signs events; see `verifyTriggerWebhook`. Pipedream returns it only when it creates the key:
   * from the update that creates the webhook, and from `regenerateSigningKey`; otherwise null. A secret: store it, and never
   * log it.
   */
  readonly signingKey: string | null
  /** Whether there is a signing key; null if Pipedream did not say. */
  readonly signingKeySet: boolean | null
  /** When the webhook was created; null if unknown. */
  readonly createdAt: Date | null
  /** When the webhook last changed; null if unknown. */
  readonly updatedAt: Date | null
  /** The unmodified response, including keys that this type omits, and the signing key if it was returned. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Input of `projectWebhook.update`. */
export interface UpdateProjectWebhookInput {
  /** The http or https URL that receives events. */
  url: string
}

/** The webhook for events of triggers without their own webhook: one for each project and environment. */
export interface ProjectWebhook {
  /** Resolves to the webhook, without its signing key; null if absent. Throws a `PipedreamError`. */
  get(options?: CallOptions): Promise<Webhook | null>
  /**
   * Creates the webhook, or changes its URL. Pipedream documents that it returns the signing key only when it creates the
   * webhook. If `signingKey` is null and you have not stored it, call `regenerateSigningKey`. Never retried, unless
   * `repeatable` is set. Throws a `PipedreamError`.
   */
  update(input: UpdateProjectWebhookInput, options?: CallOptions): Promise<Webhook>
  /** Deletes the webhook. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(options?: CallOptions): Promise<void>
  /**
   * Replaces the signing key and returns the new one. Events signed with the old key can no longer be verified. Never retried,
   * unless `repeatable` is set. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  regenerateSigningKey(options?: CallOptions): Promise<Webhook>
}

export function createProjectWebhook(callApi: CallApi, projectId: string): ProjectWebhook {
  const path = ['connect', projectId, 'webhook']
  return {
    async get(options) {
      return callApi({ method: 'GET', path, read: readOptionalWebhook }, options)
    },
    async update({ url }, options) {
      const body = writeWebhookRequest(checkUrl(url))
      // Pipedream returns the signing key once: a retry would lose it with the first response.
      return callApi({ method: 'PUT', path, body, repeatable: false, read: readWebhook }, options)
    },
    async delete(options) {
      return callApi({ method: 'DELETE', path, read: readNothing }, options)
    },
    async regenerateSigningKey(options) {
      const keyPath = [...path, 'regenerate_signing_key']
      return callApi({ method: 'POST', path: keyPath, read: readWebhook }, options)
    },
  }
}

function checkUrl(url: string): string {
  const isWeb =
    typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  if (isWeb) return url
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'url', 'an http or https URL')
}
