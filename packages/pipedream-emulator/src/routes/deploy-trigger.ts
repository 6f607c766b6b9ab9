import type { Hono } from 'hono'
import { requireAccess } from '../server/access.ts'
import type { Trigger } from '../components/component.ts'
import { createComponentContext } from '../components/create-component-context.ts'
import type { DeployedTrigger } from '../triggers/deployed-trigger.ts'
import { emitEvent } from '../triggers/emit-event.ts'
import {
  exceedsUserLimit,
  recordUser,
  USER_LIMIT_REACHED,
  userKey,
} from '../state/external-users.ts'
import { newTrigger, requireTriggerComponent } from '../triggers/new-trigger.ts'
import { optionalString, readJsonBody } from '../wire/read-body.ts'
import { formatEmitter } from '../wire/emitter.ts'
import { wireError } from '../wire/errors.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { type Owner, readOwner } from '../triggers/require-trigger.ts'

/** POST /v1/connect/{project}/triggers/deploy: each call creates a new trigger. */
export function routeDeployTrigger(app: Hono, context: EmulatorContext): void {
  app.on('POST', projectPaths('/triggers/deploy'), async (c) => {
    const access = requireAccess(c, context, 'connect:triggers:*')
    const body = await readJsonBody(c)
    const component = requireTriggerComponent(body)
    const owner = readOwner(context, access, optionalString(body, 'external_user_id') ?? undefined)
    const trigger = newTrigger(context, { owner, component, body })
    const history = trigger.emitOnDeploy ? await readHistory(context, component, trigger) : []
    // Inferred: deploying a trigger creates its user, as connecting an account does. A native trigger needs no account.
    if (exceedsUserLimit(context, owner)) throw wireError(400, USER_LIMIT_REACHED)
    recordUser(context, owner, context.clock.now())
    trigger.name = nameTrigger(context, owner)
    context.store.deployedTriggers.set(trigger.id, trigger)
    for (const happened of history) emitEvent(context, trigger, happened)
    const [webhook] = trigger.webhooks
    const showsKey = webhook !== undefined && access.externalUserId === null
    return c.json({
      data: {
        ...formatEmitter(context, trigger),
        ...(showsKey ? { webhook_signing_key: webhook.signingKey } : {}),
      },
    })
  })
}

// Inferred: a trigger whose deploy hook fails is not deployed, and the caller gets the error.
async function readHistory(
  context: EmulatorContext,
  component: Trigger,
  trigger: DeployedTrigger,
): Promise<{ event: unknown; summary: string }[]> {
  try {
    return (await component.history?.(createComponentContext(context, trigger))) ?? []
  } catch (error) {
    throw wireError(400, error instanceof Error ? error.message : 'The deploy hook failed.')
  }
}

// Pipedream documents such a name, made from the project and the user's Pipedream id.
function nameTrigger(context: EmulatorContext, owner: Owner): string {
  const project = findProject(context, owner.projectId)?.name ?? owner.projectId
  return `${project} - ${context.store.users.get(userKey(owner))?.id ?? owner.externalUserId}`
}
