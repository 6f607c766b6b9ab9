import type { ComponentCall } from './component-call.ts'
import type { Component, OptionsPage, OptionsQuery } from './component.ts'
import { type Observation, runComponent } from './run-component.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { findUsedAccounts } from './used-accounts.ts'

interface Order {
  component: Component
  call: ComponentCall
  propName: string
  query: OptionsQuery
}

/** The response of `/configure`, with the keys that Pipedream documents: the choices, or the errors. */
interface Configured extends OptionsPage {
  observations: Observation[]
  stringOptions: null
  errors: string[]
}

/** Returns a component's choices for one of its props; throws 400 for a prop without remote choices. */
export async function configureProp(
  context: EmulatorContext,
  { component, call, propName, query }: Order,
): Promise<Configured> {
  const known = call.props.some(({ name }) => name === propName)
  const list = known ? component.options?.[propName] : undefined
  if (list === undefined) {
    throw wireError(400, `prop_name must be a prop of ${component.key} with remoteOptions.`)
  }
  // Observed: without an account there are no options, and no error.
  const chosen = findUsedAccounts(context, call).length > 0
  const work: typeof list = chosen ? list : async () => ({ options: [], context: null })
  const { result, observations, errors } = await runComponent(context, {
    call,
    work: (component) => work(component, query),
  })
  const page = result ?? { options: [], context: null }
  return { observations, ...page, stringOptions: null, errors }
}
