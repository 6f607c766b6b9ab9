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

/** Where one trigger sends its events. */
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

/** A trigger at work for one external user. */
export interface DeployedTrigger {
  /** `dc_`, `hi_` or `ti_` by its kind of emitter. */
  id: string
  projectId: string
  environment: Environment
  externalUserId: string
  /** `sc_...` */
  componentId: string
  componentKey: string
  /** First label of the host name that its HTTP endpoint has; null for other kinds than `http`. */
  endpointKey: string | null
  /** Null for other kinds than `timer`. */
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

/** A webhook with a key of its own. */
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
