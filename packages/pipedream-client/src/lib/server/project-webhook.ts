import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readNothing } from './read-json.ts'
import { readOptionalWebhook, readWebhook, writeWebhookRequest } from './wire/webhook.ts'

/** An address of yours to which Pipedream sends events. */
export interface Webhook {
  readonly id: string
  readonly url: string
  /**
   * With which Pipedream signs what it sends; see `verifyTriggerWebhook`. Told only when it is made: by the update that creates the
   * webhook, and by `regenerateSigningKey`. Otherwise null. A secret: keep it, and do not log it.
   */
  readonly signingKey: string | null
  /** Whether there is a signing key. Null when Pipedream did not say. */
  readonly signingKeySet: boolean | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The response as it came, with the keys that this type leaves out, and with the signing key if it was told. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `projectWebhook.update` takes. */
export interface UpdateProjectWebhookInput {
  /** Where to send events: an http or https URL. */
  url: string
}

/** Where Pipedream sends the events of triggers that have no webhook of their own: one for each project and environment. */
export interface ProjectWebhook {
  /** The webhook, without its signing key; null when there is none. Throws a `PipedreamError`. */
  get(options?: CallOptions): Promise<Webhook | null>
  /**
   * Makes the webhook, or changes its address. Pipedream documents that the signing key is told only when this makes it: when
   * `signingKey` is null and you have not kept it, make another with `regenerateSigningKey`. Throws a `PipedreamError`.
   */
  update(input: UpdateProjectWebhookInput, options?: CallOptions): Promise<Webhook>
  /** Deletes the webhook. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  delete(options?: CallOptions): Promise<void>
  /**
   * Replaces the signing key, and tells the new one; what is signed with the old one can no longer be verified. It is never
   * repeated by itself. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
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
      // The signing key is told once: a repeated request would lose it with the first response.
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
