import type { Webhook } from '../project-webhook.ts'
import { fieldsOf, type Read } from '../read-json.ts'

export function writeWebhookRequest(url: string): Record<string, unknown> {
  return { url }
}

export function readWebhook(value: unknown): Webhook {
  return webhookOf(fieldsOf(value, '').raw.data, 'data')
}

/** Where there is no webhook `data` is null. That it is there is asked for, so that not every object passes for none. */
export function readOptionalWebhook(value: unknown): Webhook | null {
  const { data } = fieldsOf(value, '').raw
  return data === null ? null : webhookOf(data, 'data')
}

/** A webhook; its instants are in seconds, as Pipedream documents. */
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
