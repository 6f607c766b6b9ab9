import type { Component, ConfigurableProp, ConfiguredProps } from './component.ts'
import { userKey } from '../state/external-users.ts'
import { type Body, optionalString } from '../wire/read-body.ts'
import type { Owner } from '../triggers/require-trigger.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The user and the input of a component's call. A deployed trigger is one, too. */
export interface ComponentCall extends Owner {
  /** The component's own props, or those that a reload returned. */
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
}

interface Order {
  owner: Owner
  component: Component
  body: Body
}

/** Reads a component's call from `configured_props` and `dynamic_props_id`; throws 400 when they are invalid. */
export function readComponentCall(
  context: EmulatorContext,
  { owner, component, body }: Order,
): ComponentCall {
  return {
    ...owner,
    props: readProps(context, { owner, component, body }),
    configuredProps: readConfiguredProps(body),
  }
}

/** Reads the `configured_props` of a request; empty when absent. Throws 400 for anything but an object. */
export function readConfiguredProps(body: Body): ConfiguredProps {
  const value = body.configured_props ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wireError(400, 'configured_props must be an object.')
  }
  return { ...value }
}

// Inferred: only the user who reloaded the props may use them, because they may reveal the content of an account.
function readProps(
  { store }: EmulatorContext,
  { owner, component, body }: Order,
): readonly ConfigurableProp[] {
  const id = optionalString(body, 'dynamic_props_id')
  if (id === null) return component.props
  const found = store.dynamicProps.get(id)
  if (
    found === undefined ||
    userKey(found) !== userKey(owner) ||
    found.componentKey !== component.key
  ) {
    throw wireError(
      400,
      'dynamic_props_id must be an id that a reload of props returned for this component and user.',
    )
  }
  return found.props
}

/** Props without a value from the user. */
const WITHOUT_VALUE = new Set([
  'alert',
  'dir',
  '$.interface.http',
  '$.interface.apphook',
  '$.service.db',
  'data_store',
])

/** Returns the name of a required prop without a value; undefined when all are set. */
export function findMissingProp({
  props,
  configuredProps,
}: Pick<ComponentCall, 'props' | 'configuredProps'>): string | undefined {
  return props.find(
    ({ name, type, optional, default: byDefault }) =>
      optional !== true &&
      byDefault === undefined &&
      configuredProps[name] == null &&
      !WITHOUT_VALUE.has(type),
  )?.name
}
