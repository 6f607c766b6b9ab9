import type { Context, Hono } from 'hono'
import { type Access, requireAccess } from '../server/access.ts'
import { type ComponentCall, readComponentCall } from '../components/component-call.ts'
import type { Component, OptionsQuery } from '../components/component.ts'
import { configureProp } from '../components/configure-prop.ts'
import { type Body, optionalString, readJsonBody, requiredString } from '../wire/read-body.ts'
import { reloadProps } from '../components/reload-props.ts'
import { type ComponentFamily, requireComponent } from '../components/require-component.ts'
import { runAction } from '../components/run-action.ts'
import type { Scope } from '../connect/scopes.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { FAMILIES } from './components.ts'
import { projectPaths } from './project-paths.ts'
import { readOwner } from '../triggers/require-trigger.ts'
import { toObject } from '../wire/objects.ts'
import { findUsedAccounts } from '../components/used-accounts.ts'
import { readStashId } from '../components/stash-file.ts'

/** POST /v1/connect/{project}/{family}/configure and /props, and /actions/run: runs a component for one user. */
export function routeComponentCalls(app: Hono, context: EmulatorContext): void {
  for (const { path, family, scope } of FAMILIES) {
    app.on('POST', projectPaths(`${path}/configure`), async (c) => {
      const { body, component, call } = await readCall(c, context, { family, scope })
      const propName = requiredString(body, 'prop_name')
      const query = readQuery(body)
      return c.json(await configureProp(context, { component, call, propName, query }))
    })

    app.on('POST', projectPaths(`${path}/props`), async (c) => {
      const { component, call } = await readCall(c, context, { family, scope })
      return c.json(await reloadProps(context, { component, call }))
    })
  }

  app.on('POST', projectPaths('/actions/run'), async (c) => {
    const asked = { family: 'action', scope: 'connect:actions:*' } as const
    const { body, component: action, call } = await readCall(c, context, asked)
    if (action.type !== 'action') throw recordNotFound()
    return c.json(await runAction(context, { action, call, stashId: readStashId(body) }))
  })
}

interface Called {
  body: Body
  component: Component
  call: ComponentCall
}

// `blocking` has no effect: the emulator always responds when the work is done.
async function readCall(
  c: Context,
  context: EmulatorContext,
  { family, scope }: { family: ComponentFamily; scope: Scope },
): Promise<Called> {
  const access: Access = requireAccess(c, context, scope)
  const body = await readJsonBody(c)
  const key = requiredString(body, 'id')
  const owner = readOwner(context, access, optionalString(body, 'external_user_id') ?? undefined)
  const component = requireComponent({ family, key, version: optionalString(body, 'version') })
  const call = readComponentCall(context, { owner, component, body })
  // Inferred: an unknown account, another user's and another app's get the same response, and this one.
  if (findUsedAccounts(context, call).includes(null)) {
    throw wireError(
      400,
      'configured_props refers to an account that this external user does not have.',
    )
  }
  return { body, component, call }
}

function readQuery(body: Body): OptionsQuery {
  const page = body.page ?? 0
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 0) {
    throw wireError(400, 'page must be a whole number, 0 or more.')
  }
  const prevContext = toObject(body.prev_context ?? {})
  if (prevContext === null) throw wireError(400, 'prev_context must be an object.')
  return { page, prevContext, query: optionalString(body, 'query') ?? '' }
}
