import type { EmulatorClock, Sleep } from '../state/clock.ts'
import { WEBHOOK_KINDS } from '../faults/fault-kinds.ts'
import type { FaultSelector } from '../faults/faults.ts'

/** The part of `fetch` that sends webhooks. The global `fetch` is compatible. */
export type FetchLike = (
  url: string,
  init: {
    /** Always `POST`. */
    method: 'POST'
    /** Header values by lowercase name. */
    headers: Record<string, string>
    /** The exact request body, JSON. */
    body: string
    /** Aborted when the receiver takes too long. */
    signal: AbortSignal
  },
) => Promise<{
  /** The HTTP status of the response. */
  status: number
}>

/** A webhook to send. */
export interface OutgoingWebhook {
  /** The receiver's address. */
  url: string
  /** An account was connected or failed to connect, or a deployed trigger emitted an event. */
  event: 'CONNECTION_SUCCESS' | 'CONNECTION_ERROR' | 'TRIGGER_EVENT'
  /** Every header that the emulator sets, by lowercase name. */
  headers: Record<string, string>
  /** The exact request body. */
  body: string
}

/** A webhook that the emulator sent or is sending. */
export interface WebhookDelivery extends OutgoingWebhook {
  /** When sending started, by the emulator's clock. */
  sentAt: Date
  /**
   * `pending` until the receiver responds; `failed` when it does not respond with 2xx, or not at all; `dropped` when a
   * fault prevents sending.
   */
  state: 'pending' | 'delivered' | 'failed' | 'dropped'
  /** The receiver's HTTP status; null until it responds. */
  status: number | null
}

export interface Webhooks {
  deliveries: WebhookDelivery[]
  /**
   * Sends in the background, so that the user's response never waits. The second webhook is what an attacker would
   * send.
   */
  send: (webhook: OutgoingWebhook, forged: OutgoingWebhook) => void
  /** Drops past deliveries and webhooks that are held back. */
  reset: () => void
}

interface Sender {
  fetch: FetchLike
  clock: EmulatorClock
  faults: FaultSelector
  sleep: Sleep
}

/** In milliseconds. A receiver that takes longer counts as failed. */
const TIMEOUT_MS = 10_000

export function createWebhooks(sender: Sender): Webhooks {
  const { clock, faults } = sender
  const deliveries: WebhookDelivery[] = []
  const held: WebhookDelivery[] = []
  const note = (webhook: OutgoingWebhook): WebhookDelivery => {
    const delivery: WebhookDelivery = {
      ...webhook,
      sentAt: clock.now(),
      state: 'pending',
      status: null,
    }
    deliveries.push(delivery)
    return delivery
  }
  return {
    deliveries,
    send(webhook, forged) {
      const fault = faults.take({
        kinds: WEBHOOK_KINDS,
        method: 'POST',
        path: new URL(webhook.url).pathname,
      })
      const batch: WebhookDelivery[] = []
      if (fault?.kind === 'webhook-forged') batch.push(note(forged))
      const delivery = note(webhook)
      if (fault?.kind === 'webhook-dropped') delivery.state = 'dropped'
      else if (fault?.kind === 'webhook-reordered') held.push(delivery)
      else batch.push(delivery, ...held.splice(0))
      if (fault?.kind === 'webhook-duplicated') batch.push(note(webhook))
      const delayMs = fault?.kind === 'webhook-delayed' ? faults.delayOf(fault) : 0
      void deliverInOrder(sender, { batch, delayMs })
    },
    reset() {
      deliveries.length = 0
      held.length = 0
    },
  }
}

interface Batch {
  batch: readonly WebhookDelivery[]
  delayMs: number
}

async function deliverInOrder(sender: Sender, { batch, delayMs }: Batch): Promise<void> {
  if (delayMs > 0) await sender.sleep(delayMs)
  for (const delivery of batch) await deliver(sender.fetch, delivery)
}

// One attempt: Pipedream documents no retries for connections, and none were observed for triggers.
async function deliver(fetch: FetchLike, delivery: WebhookDelivery): Promise<void> {
  try {
    const { status } = await fetch(delivery.url, {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    delivery.status = status
    delivery.state = status >= 200 && status < 300 ? 'delivered' : 'failed'
  } catch {
    delivery.state = 'failed'
  }
}
