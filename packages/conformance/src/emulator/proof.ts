import type { OfficialMethod } from '../case.ts'
import type { Scene } from './scene.ts'

/** What a method of the official SDK was seen to do with the emulator. */
export interface Proof {
  /** Null: the official SDK has no method for this endpoint. */
  method: OfficialMethod | null
  /** Method and path on the wire, what varies in braces: `GET /v1/connect/{project}/accounts/{id}`. */
  endpoint: string
  /** What is shown, in short words for the README's table, and how. */
  shows: Readonly<Record<string, (scene: Scene) => Promise<void>>>
}

/** Names a method, the endpoint that it is for, and what is shown of it. */
export function prove(
  method: OfficialMethod | null,
  endpoint: string,
  shows: Proof['shows'],
): Proof {
  return { method, endpoint, shows }
}
