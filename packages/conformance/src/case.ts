import type { Divergences } from './compare-requests.ts'
import type { MethodOf } from './method-of.ts'
import type { OfficialClient, PipedreamClient } from './record.ts'
import type { Respond } from './recorder.ts'

/** One way of calling a method that both clients have. */
export interface Variant {
  official: (client: OfficialClient) => Promise<unknown>
  ours: (client: PipedreamClient) => Promise<unknown>
  /** A deliberate difference. Default: the two clients agree in everything that is compared. */
  differs?: Difference
  /** The server's response. Default: what Pipedream documents. */
  respond?: () => Respond
}

/** A deliberate difference: each fact, as both clients send it, and the reason. */
interface Difference {
  /** The reason, for the README. */
  because: string
  facts: Divergences
}

/** A method that both clients have. */
export interface Case {
  official: OfficialMethod
  ours: OurMethod
  variants: Readonly<Record<string, Variant>>
}

export type OfficialMethod = MethodOf<OfficialClient> | 'rawAccessToken'
export type OurMethod = MethodOf<PipedreamClient>

/** Combines a method's two names with the variants of calling it. */
export function pair(
  official: OfficialMethod,
  ours: OurMethod,
  variants: Readonly<Record<string, Variant>>,
): Case {
  return { official, ours, variants }
}

/** Requires every option: the compiler rejects the case when either client adds one. */
export function all<Options extends object>(options: Required<Options>): Required<Options> {
  return options
}

/** The facts of a call that our client rejects before it sends anything, and that the official client sends after fetching a token. */
export function refused(sent: string, outcome = 'success'): Divergences {
  return {
    outcome: { official: outcome, ours: 'ERR_INVALID_INPUT' },
    requests: { official: [TOKEN_REQUEST, sent], ours: [] },
  }
}

/** The name of the request for an access token in a list of requests. */
export const TOKEN_REQUEST = 'POST /v1/oauth/token'
