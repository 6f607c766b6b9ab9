import type { Component, ConfigurableProp, ConfiguredProps } from './component.ts'
import { userKey } from '../state/external-users.ts'
import { type Body, optionalString } from '../server/read-body.ts'
import type { Owner } from '../triggers/require-trigger.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** For whom a component works, and with what. A deployed trigger is one, too. */
export interface ComponentCall extends Owner {
  /** Its own, or those that a reload answered. */
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
}

interface Order {
  owner: Owner
  component: Component
  body: Body
}

/** What a request asks of a component, by `configured_props` and `dynamic_props_id`; throws 400 when they make no sense. */
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

/** The `configured_props` of a request, empty when there are none; throws 400 for anything but an object. */
export function readConfiguredProps(body: Body): ConfiguredProps {
  const value = body.configured_props ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wireError(400, 'configured_props must be an object.')
  }
  return { ...value }
}

// That they are good for the user alone who reloaded them is inferred: they may tell what is in an account.
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
      'dynamic_props_id must be one that a reload of props answered for this component and user.',
    )
  }
  return found.props
}

/** These have no value that a person gives. */
const WITHOUT_VALUE = new Set([
  'alert',
  'dir',
  '$.interface.http',
  '$.interface.apphook',
  '$.service.db',
  'data_store',
])

/** The name of a prop that has to be filled in and is not; undefined when there is none. */
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
