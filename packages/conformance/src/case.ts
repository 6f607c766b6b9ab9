import type { Divergences } from './compare-requests.ts'
import type { MethodOf } from './method-of.ts'
import type { OfficialClient, PipedreamClient } from './record.ts'
import type { Answer } from './recorder.ts'

/** One way of calling a method that both clients have. */
export interface Variant {
  official: (client: OfficialClient) => Promise<unknown>
  ours: (client: PipedreamClient) => Promise<unknown>
  /** Where ours differs on purpose. Left out: the two agree in all that is compared. */
  differs?: Difference
  /** What the server answers. Default: what Pipedream documents. */
  answer?: () => Answer
}

/** A deliberate difference: each fact, as both clients send it, and the reason. */
interface Difference {
  /** A sentence for people. */
  because: string
  facts: Divergences
}

/** A method that both have. */
export interface Case {
  official: OfficialMethod
  ours: OurMethod
  variants: Readonly<Record<string, Variant>>
}

export type OfficialMethod = MethodOf<OfficialClient> | 'rawAccessToken'
export type OurMethod = MethodOf<PipedreamClient>

/** Lists the ways of calling a method under its two names. */
export function pair(
  official: OfficialMethod,
  ours: OurMethod,
  variants: Readonly<Record<string, Variant>>,
): Case {
  return { official, ours, variants }
}

/** Options of which none is left out: the compiler refuses the case when either client learns another one. */
export function all<Options extends object>(options: Required<Options>): Required<Options> {
  return options
}

/** The facts of a call that ours refuses before anything is sent, while the official client sends it, after fetching a token. */
export function refused(sent: string, outcome = 'answered'): Divergences {
  return {
    outcome: { official: outcome, ours: 'ERR_INVALID_INPUT' },
    requests: { official: [TOKEN_REQUEST, sent], ours: [] },
  }
}

/** How a list of requests names the one for an access token. */
export const TOKEN_REQUEST = 'POST /v1/oauth/token'
