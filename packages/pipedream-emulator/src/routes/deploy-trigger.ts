import type { Hono } from 'hono'
import { requireAccess } from '../server/access.ts'
import type { Trigger } from '../components/component.ts'
import { createComponentContext } from '../components/create-component-context.ts'
import type { DeployedTrigger } from '../triggers/deployed-trigger.ts'
import { emitEvent } from '../triggers/emit-event.ts'
import {
  exceedsUserLimit,
  rememberUser,
  USER_LIMIT_REACHED,
  userKey,
} from '../state/external-users.ts'
import { findProject } from '../state/find-project.ts'
import { newTrigger, requireTriggerComponent } from '../triggers/new-trigger.ts'
import { optionalString, readJsonBody } from '../server/read-body.ts'
import { formatEmitter } from '../wire/emitter.ts'
import { wireError } from '../wire/errors.ts'
import type { World } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { type Owner, readOwner } from '../triggers/require-trigger.ts'

/** POST /v1/connect/{project}/triggers/deploy: each call makes a trigger of its own. */
export function routeDeployTrigger(app: Hono, world: World): void {
  app.on('POST', projectPaths('/triggers/deploy'), async (c) => {
    const access = requireAccess(c, world, 'connect:triggers:*')
    const body = await readJsonBody(c)
    const component = requireTriggerComponent(body)
    const owner = readOwner(world, access, optionalString(body, 'external_user_id') ?? undefined)
    const trigger = newTrigger(world, { owner, component, body })
    const history = trigger.emitOnDeploy ? await readHistory(world, component, trigger) : []
    // That a trigger makes its user known, as an account does, is inferred: a native one needs no account.
    if (exceedsUserLimit(world, owner)) throw wireError(400, USER_LIMIT_REACHED)
    rememberUser(world, owner, world.clock.now())
    trigger.name = nameTrigger(world, owner)
    world.store.deployedTriggers.set(trigger.id, trigger)
    for (const happened of history) emitEvent(world, trigger, happened)
    const [webhook] = trigger.webhooks
    const showsKey = webhook !== undefined && access.externalUserId === null
    return c.json({
      data: {
        ...formatEmitter(world, trigger),
        ...(showsKey ? { webhook_signing_key: webhook.signingKey } : {}),
      },
    })
  })
}

// Inferred: a trigger whose deploy hook fails is not deployed, and the caller is told why.
async function readHistory(
  world: World,
  component: Trigger,
  trigger: DeployedTrigger,
): Promise<{ event: unknown; summary: string }[]> {
  try {
    return (await component.history?.(createComponentContext(world, trigger))) ?? []
  } catch (error) {
    throw wireError(400, error instanceof Error ? error.message : 'The deploy hook failed.')
  }
}

// Pipedream documents such a name, of the project and of its own id of the user.
function nameTrigger(world: World, owner: Owner): string {
  const project = findProject(world, owner.projectId)?.name ?? owner.projectId
  return `${project} - ${world.store.users.get(userKey(owner))?.id ?? owner.externalUserId}`
}
