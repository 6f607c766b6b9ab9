import type { DeployedTrigger, Schedule } from '../triggers/deployed-trigger.ts'
import { userKey } from '../state/external-users.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { formatEndpointUrl } from '../server/endpoint-host.ts'

/**
 * Formats a deployed trigger as Pipedream documents its kind of emitter. Pipedream's schema says milliseconds, its
 * samples are in seconds.
 */
export function formatEmitter(
  context: EmulatorContext,
  trigger: DeployedTrigger,
): Record<string, unknown> {
  const dates = {
    created_at: formatTime(context, trigger.createdAt),
    updated_at: formatTime(context, trigger.updatedAt),
  }
  if (trigger.endpointKey !== null) {
    return { ...formatHttp(context, trigger, trigger.endpointKey), ...dates, type: 'HttpInterface' }
  }
  if (trigger.schedule !== null) {
    return {
      id: trigger.id,
      ...formatSchedule(context, trigger.schedule),
      ...dates,
      type: 'TimerInterface',
    }
  }
  return { ...formatSource(context, trigger), ...dates, type: 'DeployedComponent' }
}

function formatHttp(
  context: EmulatorContext,
  { id, props }: DeployedTrigger,
  key: string,
): Record<string, unknown> {
  return {
    id,
    key,
    endpoint_url: formatEndpointUrl(context, key),
    custom_response: props.some((prop) => prop.customResponse === true),
  }
}

function formatSchedule(context: EmulatorContext, schedule: Schedule): Record<string, unknown> {
  return {
    interval_seconds: schedule.intervalSeconds,
    cron: null,
    timezone: schedule.timezone,
    schedule_changed_at: formatTime(context, schedule.changedAt),
  }
}

function formatSource(context: EmulatorContext, trigger: DeployedTrigger): Record<string, unknown> {
  return {
    id: trigger.id,
    owner_id: context.store.users.get(userKey(trigger))?.id ?? null,
    component_id: trigger.componentId,
    component_key: trigger.componentKey,
    configurable_props: trigger.props,
    configured_props: trigger.configuredProps,
    active: trigger.active,
    name: trigger.name,
    name_slug: trigger.name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '-'),
    callback_observations: null,
    emit_on_deploy: trigger.emitOnDeploy,
  }
}

function formatTime({ inferred }: EmulatorContext, date: Date): number {
  return inferred.triggerTimestamps === 'seconds' ? toSeconds(date) : date.getTime()
}

/** Returns whole seconds since 1970. Pipedream uses them for triggers and webhooks, and ISO dates for accounts. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
