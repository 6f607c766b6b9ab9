import type { ComponentCall } from './component-call.ts'
import type { Component, ConfigurableProp } from './component.ts'
import { type Observation, runComponent } from './run-component.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { randomAlphanumeric } from '../state/random.ts'

interface Order {
  component: Component
  call: ComponentCall
}

/** The response of `/props`, with the keys that Pipedream documents. */
interface Reloaded {
  observations: Observation[]
  errors: string[]
  /** Null when the component failed (inferred). */
  dynamicProps: { id: string; configurableProps: readonly ConfigurableProp[] } | null
}

/** Requests a component's current props and stores them under a new id (inferred: a different one each time). */
export async function reloadProps(
  context: EmulatorContext,
  { component, call }: Order,
): Promise<Reloaded> {
  const { result, observations, errors } = await runComponent<readonly ConfigurableProp[]>(
    context,
    {
      call,
      work: async (context) => component.reload?.(context) ?? component.props,
    },
  )
  if (result === null) return { observations, errors, dynamicProps: null }
  const { projectId, environment, externalUserId } = call
  const id = `dyp_${randomAlphanumeric(7)}`
  context.store.dynamicProps.set(id, {
    id,
    projectId,
    environment,
    externalUserId,
    componentKey: component.key,
    props: result,
  })
  return { observations, errors, dynamicProps: { id, configurableProps: result } }
}
