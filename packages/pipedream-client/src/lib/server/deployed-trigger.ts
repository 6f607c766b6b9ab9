import type { ConfigurableProp } from './component.ts'
import type { PageQuery } from './page.ts'

interface DeployedTriggerBase {
  /** `dc_...`, `hi_...`, `ti_...` or `ei_...`. */
  readonly id: string
  /** Null when Pipedream did not say. */
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  /** The answer as it came, with the keys that these types leave out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A trigger that was deployed for a user; `type` tells which kind. */
export type DeployedTrigger =
  | DeployedSource
  | DeployedHttpTrigger
  | DeployedTimer
  | DeployedEmailTrigger
  | UnknownDeployedTrigger

/** Code of the registry that watches an app. */
export interface DeployedSource extends DeployedTriggerBase {
  readonly type: 'source'
  /** The name for people. */
  readonly name: string
  /** Pipedream's id of the user, `exu_...`. */
  readonly ownerId: string | null
  /** The trigger's key, such as `slack-new-message`. Null when Pipedream did not say. */
  readonly componentKey: string | null
  /** Whether it watches. */
  readonly active: boolean
  readonly configurableProps: readonly ConfigurableProp[]
  /** The values of its props, as they came. */
  readonly configuredProps: Readonly<Record<string, unknown>>
  readonly emitOnDeploy: boolean | null
  /** For `verifyTriggerWebhook`; there when it was deployed with a webhook. A secret: keep it, and do not log it. */
  readonly webhookSigningKey: string | null
}

/** An address that emits what is sent to it. */
export interface DeployedHttpTrigger extends DeployedTriggerBase {
  readonly type: 'http'
  /** Where to send requests. */
  readonly endpointUrl: string
}

/** A clock. One of `intervalSeconds` and `cron` is there. */
export interface DeployedTimer extends DeployedTriggerBase {
  readonly type: 'timer'
  readonly intervalSeconds: number | null
  readonly cron: string | null
  /** Such as `UTC` or `Europe/Vienna`. */
  readonly timezone: string | null
  readonly scheduleChangedAt: Date | null
}

/** An e-mail address that emits what is sent to it. */
export interface DeployedEmailTrigger extends DeployedTriggerBase {
  readonly type: 'email'
  readonly emailAddress: string
}

/** A kind that this client does not know; see `raw`. */
export interface UnknownDeployedTrigger extends DeployedTriggerBase {
  readonly type: 'unknown'
}

/** Something that a deployed trigger emitted. */
export interface EmittedEvent {
  readonly id: string
  /** What was emitted: any JSON. */
  readonly event: unknown
  /** `emit`, ... */
  readonly kind: string | null
  /** In a few words; null when there are none. */
  readonly summary: string | null
  readonly emittedAt: Date | null
  /** The answer as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Whose trigger it is. Pipedream wants to know with each call. */
export interface TriggerOwner {
  /** Your id for your user. */
  externalUserId: string
}

/** What `deployedTriggers.list` takes. */
export interface ListDeployedTriggersQuery extends PageQuery, TriggerOwner {
  /** Only this kind. Default: not sent, which Pipedream documents as `source`: the other kinds are not listed unless asked for. */
  type?: 'source' | 'http' | 'timer' | 'email' | undefined
}

/** What `deployedTriggers.update` takes; what is left out stays as it is. */
export interface UpdateDeployedTriggerInput extends TriggerOwner {
  /** False to have it stop watching. */
  active?: boolean | undefined
  /** The values of its props, by their names; sent as they are. */
  configuredProps?: Readonly<Record<string, unknown>> | undefined
  name?: string | undefined
  emitOnDeploy?: boolean | undefined
}

/** What `deployedTriggers.delete` takes. */
export interface DeleteDeployedTriggerInput extends TriggerOwner {
  /** Delete it even if its own code, which cleans up at the app, fails. Default: not sent, which Pipedream documents as false. */
  ignoreHookErrors?: boolean | undefined
}

/** What `deployedTriggers.events.list` takes. */
export interface ListEmittedEventsQuery extends TriggerOwner {
  /** How many, at most. Default: not sent, which Pipedream documents as 20. */
  limit?: number | undefined
}
