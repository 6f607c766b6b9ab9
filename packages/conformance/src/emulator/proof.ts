import type { OfficialMethod } from '../case.ts'
import type { Scene } from './scene.ts'

/** The tested behaviour of a method of the official SDK against the emulator. */
export interface Proof {
  /** Null: the official SDK has no method for this endpoint. */
  method: OfficialMethod | null
  /** Method and path on the wire, with variables in braces: `GET /v1/connect/{project}/accounts/{id}`. */
  endpoint: string
  /** The tests, by their short names in the README's table. */
  shows: Readonly<Record<string, (scene: Scene) => Promise<void>>>
}

/** Combines a method, its endpoint, and its tests. */
export function prove(
  method: OfficialMethod | null,
  endpoint: string,
  shows: Proof['shows'],
): Proof {
  return { method, endpoint, shows }
}
