import { fieldsOf, readList, unreadable } from '../read-json.ts'
import type { Webhook } from '../webhook.ts'
import { webhookOf } from './webhook.ts'

export function writeWebhookUrls(webhookUrls: readonly string[]): Record<string, unknown> {
  return { webhook_urls: webhookUrls }
}

export function readTriggerWebhooks(value: unknown): readonly Webhook[] {
  return readList(fieldsOf(value, '').raw.webhooks, 'webhooks', webhookOf)
}

export function writeWorkflowIds(workflowIds: readonly string[]): Record<string, unknown> {
  return { workflow_ids: workflowIds }
}

export function readWorkflowIds(value: unknown): readonly string[] {
  const fields = fieldsOf(value, '')
  return 'workflow_ids' in fields.raw
    ? fields.texts('workflow_ids')
    : unreadable('workflow_ids', 'a list')
}
