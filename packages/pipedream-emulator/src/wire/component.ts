import type { Action, Component, ConfigurableProp } from '../components/component.ts'

/** A component as Pipedream documents it. */
export interface WireComponent {
  key: string
  name: string
  version: string
  description: string
  component_type: Component['type']
  stash: Action['stashUse']
  annotations: Action['annotations'] | null
  configurable_props: readonly ConfigurableProp[]
}

export function formatComponent(component: Component): WireComponent {
  const { key, name, version, description, type, props } = component
  return {
    key,
    name,
    version,
    description,
    component_type: type,
    stash: component.type === 'action' ? component.stashUse : null,
    annotations: component.type === 'action' ? component.annotations : null,
    configurable_props: props,
  }
}
