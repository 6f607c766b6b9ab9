import type { Webhook } from '../project-webhook.ts'
import { fieldsOf, type Read } from '../read-json.ts'

export function writeWebhookRequest(url: string): Record<string, unknown> {
  return { url }
}

export function readWebhook(value: unknown): Webhook {
  return webhookOf(fieldsOf(value, '').raw.data, 'data')
}

/** Without a webhook, `data` is null. The key is required, so that not every object counts as "no webhook". */
export function readOptionalWebhook(value: unknown): Webhook | null {
  const { data } = fieldsOf(value, '').raw
  return data === null ? null : webhookOf(data, 'data')
}

/** A webhook. Pipedream documents its timestamps in seconds. */
export const webhookOf: Read<Webhook> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.id('id'),
    url: fields.string('url'),
    signingKey: fields.optionalString('signing_key'),
    signingKeySet: fields.optionalBoolean('signing_key_set'),
    createdAt: fields.optionalInstant('created_at'),
    updatedAt: fields.optionalInstant('updated_at'),
    raw: fields.raw,
  }
}
