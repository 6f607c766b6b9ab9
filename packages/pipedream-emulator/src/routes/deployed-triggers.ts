import type { Context, Hono } from 'hono'
import { requireAccess } from '../server/access.ts'
import { readConfiguredProps } from '../components/component-call.ts'
import type { DeployedTrigger } from '../triggers/deployed-trigger.ts'
import { KEPT_EVENTS } from '../triggers/emit-event.ts'
import { userKey } from '../state/external-users.ts'
import { fireTimers } from '../triggers/fire-timers.ts'
import { paginate } from '../wire/page-info.ts'
import {
  type Body,
  optionalBoolean,
  optionalString,
  optionalStrings,
  readJsonBody,
} from '../wire/read-body.ts'
import { readSchedule } from '../triggers/read-schedule.ts'
import { formatEmitter } from '../wire/emitter.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { readOwner, requireTrigger } from '../triggers/require-trigger.ts'
import { checkTriggerProps, checkWorkflowIds } from '../triggers/check-trigger.ts'

const READ = 'connect:deployed_triggers:read'
const WRITE = 'connect:deployed_triggers:write'
const DEFAULT_EVENTS = 20
/** The emulator has no email triggers, so a list of them is empty. */
const EMITTER_TYPES = new Set(['source', 'http', 'timer', 'email'])

/** A user's deployed triggers: list, GET, PUT, DELETE. */
export function routeDeployedTriggers(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/deployed-triggers'), (c) => {
    const access = requireAccess(c, context, READ)
    const key = userKey(readOwner(context, access, c.req.query('external_user_id')))
    const emitter = readEmitterType(c)
    const items = [...context.store.deployedTriggers.values()].filter(
      (trigger) => trigger.emitter === emitter && userKey(trigger) === key,
    )
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    const data = page.data.map((trigger) => formatEmitter(context, trigger))
    return c.json({ data, page_info: page.page_info })
  })

  app.on('GET', projectPaths('/deployed-triggers/:id'), (c) => {
    const trigger = requireTrigger(c, context, requireAccess(c, context, READ))
    return c.json({ data: formatEmitter(context, trigger) })
  })

  app.on('PUT', projectPaths('/deployed-triggers/:id'), async (c) => {
    const trigger = requireTrigger(c, context, requireAccess(c, context, WRITE))
    Object.assign(trigger, readChanges(context, trigger, await readJsonBody(c)))
    return c.json({ data: formatEmitter(context, trigger) })
  })

  // `ignore_hook_errors` has no effect: the emulator's triggers have no deactivate hook that can fail.
  app.on('DELETE', projectPaths('/deployed-triggers/:id'), (c) => {
    const { id } = requireTrigger(c, context, requireAccess(c, context, WRITE))
    context.store.deployedTriggers.delete(id)
    return c.body(null, 204)
  })
}

/** A deployed trigger's events, newest first (inferred), and the workflows that it belongs to. */
export function routeTriggerEvents(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/deployed-triggers/:id/events'), (c) => {
    const access = requireAccess(c, context, READ)
    // A timer may have become due by the machine's clock.
    fireTimers(context)
    const { events } = requireTrigger(c, context, access)
    const newest = events.slice(0, readCount(c))
    const ordered = context.inferred.eventOrder === 'newest-first' ? newest : newest.toReversed()
    const data = ordered.map(({ id, event, summary, at }) => ({
      e: event,
      k: 'emit',
      ts: at.getTime(),
      id,
      sum: summary,
    }))
    return c.json({ data })
  })

  app.on('GET', projectPaths('/deployed-triggers/:id/pipelines'), (c) => {
    const { workflowIds } = requireTrigger(c, context, requireAccess(c, context, READ))
    return c.json({ workflow_ids: workflowIds })
  })

  // The emulator cannot run workflows, so it only stores their ids.
  app.on('PUT', projectPaths('/deployed-triggers/:id/pipelines'), async (c) => {
    const trigger = requireTrigger(c, context, requireAccess(c, context, WRITE))
    const body = await readJsonBody(c)
    if (body.workflow_ids == null) throw wireError(400, 'workflow_ids is required.')
    trigger.workflowIds = checkWorkflowIds('workflow_ids', optionalStrings(body, 'workflow_ids'))
    return c.json({ workflow_ids: trigger.workflowIds })
  })
}

function readEmitterType(c: Context): string {
  const type = c.req.query('emitter_type') || 'source'
  if (EMITTER_TYPES.has(type)) return type
  throw wireError(400, 'emitter_type must be email, http, source or timer.')
}

// How Pipedream handles a number outside of 1 to 100 is unknown; here it is clamped.
function readCount(c: Context): number {
  const count = Number.parseInt(c.req.query('n') ?? '', 10)
  return Number.isNaN(count) ? DEFAULT_EVENTS : Math.min(Math.max(count, 1), KEPT_EVENTS)
}

// Absent fields stay unchanged, within `configured_props` too (inferred).
function readChanges(
  context: EmulatorContext,
  trigger: DeployedTrigger,
  body: Body,
): Partial<DeployedTrigger> {
  const now = context.clock.now()
  const given = readConfiguredProps(body)
  const configuredProps = { ...trigger.configuredProps, ...given }
  const { props } = trigger
  if (Object.keys(given).length > 0) {
    checkTriggerProps(context, { ...trigger, configuredProps })
  }
  const active = body.active == null ? trigger.active : optionalBoolean(body, 'active')
  const emitOnDeploy =
    body.emit_on_deploy == null ? trigger.emitOnDeploy : optionalBoolean(body, 'emit_on_deploy')
  const name = optionalString(body, 'name') ?? trigger.name
  const changes = { configuredProps, active, emitOnDeploy, name, updatedAt: now }
  const { schedule } = trigger
  if (schedule === null) return changes
  const updated = readSchedule({ props, configuredProps, now })
  const changed = updated.intervalSeconds !== schedule.intervalSeconds
  // The time while it was inactive does not count.
  const resumed = {
    ...schedule,
    nextAt: active && !trigger.active ? updated.nextAt : schedule.nextAt,
  }
  return { ...changes, schedule: changed ? updated : resumed }
}
