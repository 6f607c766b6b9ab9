import { readComponentCall } from '../components/component-call.ts'
import type { Trigger } from '../components/component.ts'
import { type DeployedTrigger, newTriggerWebhook } from './deployed-trigger.ts'
import { type Body, optionalBoolean, optionalString, requiredString } from '../wire/read-body.ts'
import { readSchedule } from './read-schedule.ts'
import { requireComponent } from '../components/require-component.ts'
import type { Owner } from './require-trigger.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomAlphanumeric, randomHex } from '../state/random.ts'
import { checkTriggerProps, checkWebhookUrl, checkWorkflowIds } from './check-trigger.ts'

const PREFIXES = { source: 'dc', http: 'hi', timer: 'ti' }

/**
 * Returns the trigger component that a request names with `id` and optionally `version`; throws 404 for an unknown one.
 */
export function requireTriggerComponent(body: Body): Trigger {
  const component = requireComponent({
    family: 'trigger',
    key: requiredString(body, 'id'),
    version: optionalString(body, 'version'),
  })
  if (component.type !== 'trigger') throw recordNotFound()
  return component
}

interface Order {
  owner: Owner
  component: Trigger
  body: Body
}

/** Creates the trigger that a request deploys, before it gets its name. Throws 400 or 500 when it cannot work. */
export function newTrigger(
  context: EmulatorContext,
  { owner, component, body }: Order,
): DeployedTrigger {
  const now = context.clock.now()
  const call = readComponentCall(context, { owner, component, body })
  checkTriggerProps(context, call)
  const workflowId = optionalString(body, 'workflow_id')
  const webhookUrl = optionalString(body, 'webhook_url')
  const { emitter } = component
  return {
    id: `${PREFIXES[emitter]}_${randomAlphanumeric(7)}`,
    ...call,
    componentId: `sc_${randomAlphanumeric(7)}`,
    componentKey: component.key,
    endpointKey: emitter === 'http' ? `e${randomHex(10)}` : null,
    schedule: emitter === 'timer' ? readSchedule({ ...call, now }) : null,
    emitter,
    active: true,
    name: '',
    emitOnDeploy: body.emit_on_deploy == null || optionalBoolean(body, 'emit_on_deploy'),
    workflowIds: workflowId === null ? [] : checkWorkflowIds('workflow_id', [workflowId]),
    webhooks:
      webhookUrl === null
        ? []
        : [newTriggerWebhook(checkWebhookUrl('webhook_url', webhookUrl), now)],
    events: [],
    createdAt: now,
    updatedAt: now,
  }
}
