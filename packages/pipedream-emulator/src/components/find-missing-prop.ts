import type { ComponentCall } from './component-call.ts'

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
