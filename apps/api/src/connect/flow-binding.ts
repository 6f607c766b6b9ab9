import { createHash, timingSafeEqual } from 'node:crypto'
import { InvalidInput } from '../errors.ts'
import type { Flow } from '../store/flows.ts'

/** What a flow is bound to: a browser, a challenge, both or nothing. The account of a bound flow is held. */
export type FlowBinding = Pick<Flow, 'browserHash' | 'codeChallenge'>

/** What a caller shows in order to act on a bound flow. */
export interface BindingProof {
  /** Hash of the cookie of the calling browser. */
  browserHash: string | undefined
  codeVerifier: string | undefined
}

export function isBound({ browserHash, codeChallenge }: FlowBinding): boolean {
  return browserHash !== null || codeChallenge !== null
}

/**
 * Whether a caller proves one of the flow's bindings. A verifier that is given must be the flow's, whatever the cookie says:
 * otherwise a caller whose challenge got lost on its way would never notice (RFC 9700, section 2.1.1).
 */
export function proves({ browserHash, codeVerifier }: BindingProof, binding: FlowBinding): boolean {
  if (codeVerifier !== undefined) return isVerifierOf(binding.codeChallenge, codeVerifier)
  return binding.browserHash !== null && binding.browserHash === browserHash
}

function isVerifierOf(codeChallenge: string | null, codeVerifier: string): boolean {
  if (codeChallenge === null) return false
  const hash = createHash('sha256').update(codeVerifier).digest()
  const expected = Buffer.from(codeChallenge, 'base64url')
  return hash.length === expected.length && timingSafeEqual(hash, expected)
}

// The last character has only four bits of the hash, so its last two bits are zero.
const CHALLENGE = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const VERIFIER = /^[\w.~-]{43,128}$/

/** Reads a `codeChallenge` of the method S256 (RFC 7636); null if it is not given. Throws `InvalidInput`. */
export function readCodeChallenge(value: string | null | undefined): string | null {
  if (value == null) return null
  if (CHALLENGE.test(value)) return value
  throw new InvalidInput(
    'codeChallenge',
    '“codeChallenge” must be the SHA-256 hash of the verifier in base64url without padding: 43 characters.',
  )
}

/** Reads a `codeVerifier` (RFC 7636); undefined if it is not given. Throws `InvalidInput`, which contains nothing of it. */
export function readCodeVerifier(value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  if (VERIFIER.test(value)) return value
  throw new InvalidInput(
    'codeVerifier',
    '“codeVerifier” must have 43 to 128 characters: letters, digits and “-”, “.”, “_”, “~”.',
  )
}
