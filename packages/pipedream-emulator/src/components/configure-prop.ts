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

/** The answer of `/configure`, which Pipedream documents with these keys: what there is to choose from, or why not. */
interface Configured extends OptionsPage {
  observations: Observation[]
  stringOptions: null
  errors: string[]
}

/** Asks a component for the values of one of its props; throws 400 for a prop that has none to ask for. */
export async function configureProp(
  context: EmulatorContext,
  { component, call, propName, query }: Order,
): Promise<Configured> {
  const known = call.props.some(({ name }) => name === propName)
  const list = known ? component.options?.[propName] : undefined
  if (list === undefined) {
    throw wireError(400, `prop_name must be a prop of ${component.key} with remoteOptions.`)
  }
  // Observed: as long as no account is chosen there are no options, and nobody is told why.
  const chosen = findUsedAccounts(context, call).length > 0
  const work: typeof list = chosen ? list : async () => ({ options: [], context: null })
  const { result, observations, errors } = await runComponent(context, {
    call,
    work: (component) => work(component, query),
  })
  const page = result ?? { options: [], context: null }
  return { observations, ...page, stringOptions: null, errors }
}
