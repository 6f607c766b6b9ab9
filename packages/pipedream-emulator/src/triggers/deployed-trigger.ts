import type { ConfigurableProp, ConfiguredProps } from '../components/component.ts'
import type { Environment } from '../state/store.ts'
import { randomAlphanumeric, randomHex } from '../state/random.ts'

/** An event that a trigger emitted, as Pipedream lists it. */
interface EmittedEvent {
  id: string
  event: unknown
  summary: string
  at: Date
}

/** A receiver of one trigger's events. */
export interface TriggerWebhook {
  id: string
  url: string
  signingKey: string
  createdAt: Date
  updatedAt: Date
}

/** When a timer fires. */
export interface Schedule {
  intervalSeconds: number
  timezone: string
  changedAt: Date
  nextAt: Date
}

/** A trigger that is deployed for an external user. */
export interface DeployedTrigger {
  /** Starts with `dc_`, `hi_` or `ti_`, by the kind of emitter. */
  id: string
  projectId: string
  environment: Environment
  externalUserId: string
  /** `sc_...` */
  componentId: string
  componentKey: string
  /** First label of the host of its HTTP endpoint; null for kinds other than `http`. */
  endpointKey: string | null
  /** Null for kinds other than `timer`. */
  schedule: Schedule | null
  emitter: 'source' | 'http' | 'timer'
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
  active: boolean
  name: string
  emitOnDeploy: boolean
  workflowIds: readonly string[]
  webhooks: readonly TriggerWebhook[]
  /** Newest first, at most 100. */
  events: readonly EmittedEvent[]
  createdAt: Date
  updatedAt: Date
}

/** Creates a webhook with its own signing key. */
export function newTriggerWebhook(url: string, now: Date): TriggerWebhook {
  return {
    // Pipedream's prefix is unknown.
    id: `wh_${randomAlphanumeric(7)}`,
    url,
    signingKey: randomHex(32),
    createdAt: now,
    updatedAt: now,
  }
}
