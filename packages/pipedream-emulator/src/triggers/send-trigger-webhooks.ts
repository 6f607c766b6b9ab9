import type { DeployedTrigger } from './deployed-trigger.ts'
import type { OutgoingWebhook } from '../server/webhooks.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomHex } from '../state/random.ts'
import { createHmac } from 'node:crypto'

interface Destination {
  url: string
  signingKey: string
}

/** Sends an event to the trigger's own webhooks, or else to the project's. The body is only the event. */
export function sendTriggerWebhooks(
  context: EmulatorContext,
  trigger: DeployedTrigger,
  event: unknown,
): void {
  const body = JSON.stringify(event)
  for (const destination of listDestinations(context, trigger)) {
    const at = context.clock.now()
    const webhook = (signingKey: string): OutgoingWebhook => ({
      url: destination.url,
      event: 'TRIGGER_EVENT',
      headers: {
        'content-type': 'application/json',
        'x-pd-signature': signWebhook({ body, signingKey, at }),
        ...describeSender(trigger, at),
      },
      body,
    })
    // Anyone who knows the address can send to it, but not sign.
    context.webhooks.send(webhook(destination.signingKey), webhook(randomHex(32)))
  }
}

// Pipedream documents the project's webhook as the default. Inferred: the trigger's own webhooks replace it.
function listDestinations(
  context: EmulatorContext,
  trigger: DeployedTrigger,
): readonly Destination[] {
  const own = trigger.webhooks
  if (own.length > 0 && context.inferred.triggerWebhooks === 'own') return own
  const key = `${trigger.projectId} ${trigger.environment}`
  const ofProject = context.store.projectWebhooks.get(key)
  return ofProject === undefined ? own : [...own, ofProject]
}

// Observed. A header only holds ASCII, so other characters of an external user id are percent-encoded (inferred).
function describeSender(trigger: DeployedTrigger, at: Date): Record<string, string> {
  return {
    'x-pd-timestamp': at.toISOString(),
    'x-pd-emitter-id': trigger.id,
    'x-pd-external-user-id': trigger.externalUserId.replaceAll(/[^\x20-\x7e]+/g, toPercents),
    'x-pd-project-id': trigger.projectId,
    'x-pd-environment': trigger.environment,
  }
}

function toPercents(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

interface Signed {
  /** The exact request body. */
  body: string
  /** Its UTF-8 bytes are the key; the hexadecimal digits are not decoded (observed). */
  signingKey: string
  at: Date
}

/**
 * Returns the `x-pd-signature` header of a trigger's webhook: `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>." and the body,
 * in hexadecimal>`. Pipedream documents the algorithm; the format of the header is observed.
 */
export function signWebhook({ body, signingKey, at }: Signed): string {
  const t = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', signingKey).update(`${t}.${body}`).digest('hex')
  return `t=${t},v1=${signature}`
}
