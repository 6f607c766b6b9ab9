import type { Component } from './component.ts'
import { findComponent } from './registry.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'

/** All components, or those of one type: an action is not found among triggers. */
export type ComponentFamily = Component['type'] | 'any'

interface Wanted {
  family: ComponentFamily
  key: string
  /** Null for the latest, which is the only version that the emulator has. */
  version: string | null
}

/**
 * Returns the component with this key and version; throws 404 for an unknown one, and 400 for a version that is not
 * SemVer.
 */
export function requireComponent({ family, key, version }: Wanted): Component {
  if (version !== null && !/^\d+\.\d+\.\d+$/.test(version)) {
    throw wireError(400, 'version must be like 1.2.3.')
  }
  const component = findComponent(key)
  if (component === undefined || (version !== null && version !== component.version)) {
    throw recordNotFound()
  }
  if (family !== 'any' && component.type !== family) throw recordNotFound()
  return component
}
