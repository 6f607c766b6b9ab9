import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload } from 'jose'
import { lru } from 'tiny-lru'
import type { AuthConfig } from '../config/auth-config.ts'
import { EXTERNAL_USER_ID_MAX } from './viewer.ts'
import { currentRequest } from '../observability/log.ts'
import { InvalidBearer, UnknownBearer } from '../errors.ts'

/** What a setting asked for, and what a token brought instead, for the operator's log alone. */
interface Mismatch {
  setting: string
  expected: string
  came: unknown
}

interface Explanation {
  /** What the caller reads, which repeats nothing of the token. */
  refusal: InvalidBearer
  mismatch?: Mismatch | undefined
}

const REPORTS_MAX = 100
const CAME_MAX = 200

/** Makes what a caller is told about a token that is refused; a setting that it does not meet is logged, once for each reason. */
export function createExplainJwt(auth: AuthConfig) {
  const reported = lru<true>(REPORTS_MAX)

  function report({ setting, expected, came }: Mismatch): void {
    const text = asText(came).slice(0, CAME_MAX)
    const key = `${setting} ${text}`
    const log = currentRequest()?.log
    if (!log || reported.get(key)) return
    reported.set(key, true)
    log.warn({ setting, expected, came: text }, 'A JWT was refused; told once for each reason')
  }

  return (error: errors.JOSEError, jwt: string): InvalidBearer => {
    const { refusal, mismatch } = explain(error, jwt, auth)
    if (mismatch) report(mismatch)
    return refusal
  }
}

function asText(came: unknown): string {
  return typeof came === 'string' ? came : (JSON.stringify(came) ?? 'nothing')
}

function explain(error: errors.JOSEError, jwt: string, auth: AuthConfig): Explanation {
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error, auth)
  if (error instanceof errors.JWKSNoMatchingKey) return explainKey(jwt, auth)
  if (error instanceof errors.JOSEAlgNotAllowed) {
    const expected = auth.algorithms.join(', ')
    const came = headerOf(jwt).alg
    return {
      refusal: new InvalidBearer('This token is signed by an algorithm that is not accepted.'),
      mismatch: { setting: 'AUTH_ALGORITHMS', expected, came },
    }
  }
  // What Auth0 gives a page that asks for no audience.
  if (jwt.split('.').length === 5) return { refusal: new InvalidBearer(ENCRYPTED) }
  const known = SENTENCES[error.code]
  return { refusal: known ? new InvalidBearer(known) : new UnknownBearer(UNKNOWN) }
}

function explainClaim(
  { claim, reason, payload }: errors.JWTClaimValidationFailed,
  auth: AuthConfig,
): Explanation {
  const mismatch = mismatchOf(claim, payload, auth)
  if (mismatch && reason === 'missing') {
    return { refusal: new InvalidBearer(missing(claim)), mismatch }
  }
  return { refusal: new InvalidBearer(sentenceOf(claim, auth)), mismatch }
}

function mismatchOf(claim: string, payload: JWTPayload, auth: AuthConfig): Mismatch | undefined {
  if (claim === 'iss') {
    return { setting: 'AUTH_ISSUER', expected: auth.issuer, came: payload.iss }
  }
  if (claim === auth.audienceClaim) {
    return { setting: 'AUTH_AUDIENCE', expected: auth.audience, came: payload[claim] }
  }
  if (claim !== auth.userClaim) return undefined
  // Names alone: what is in them is about a person.
  const came = `no such text among ${Object.keys(payload).join(', ')}`
  return { setting: 'AUTH_USER_CLAIM', expected: claim, came }
}

// The signature cannot be checked: that the token names another issuer is the likely reason, and no proof.
function explainKey(jwt: string, auth: AuthConfig): Explanation {
  const { iss } = claimsOf(jwt)
  if (iss !== auth.issuer) {
    return {
      refusal: new UnknownBearer(OTHER_ISSUER),
      mismatch: { setting: 'AUTH_ISSUER', expected: auth.issuer, came: iss },
    }
  }
  return {
    refusal: new InvalidBearer('This token is signed by a key that its issuer does not list.'),
    mismatch: {
      setting: 'AUTH_JWKS_URL',
      expected: `a key that ${auth.jwksUrl} lists`,
      came: headerOf(jwt).kid,
    },
  }
}

function claimsOf(jwt: string): JWTPayload {
  try {
    return decodeJwt(jwt)
  } catch {
    return {}
  }
}

function headerOf(jwt: string) {
  try {
    return decodeProtectedHeader(jwt)
  } catch {
    return {}
  }
}

function missing(claim: string): string {
  return `This token has no claim “${claim}”, so it may be meant for somebody else. See docs/identity-providers.md.`
}

function sentenceOf(claim: string, { audienceClaim, userClaim }: AuthConfig): string {
  if (claim === audienceClaim) {
    return 'This token is meant for another audience. The gateway’s log says which one it expects.'
  }
  if (claim === userClaim) {
    return `The claim “${claim}” of this token must name the user, by a text of 1 to ${EXTERNAL_USER_ID_MAX} characters.`
  }
  return CLAIM_SENTENCES[claim] ?? 'A claim of this token is missing or wrong.'
}

const UNKNOWN = 'This bearer is not known here.'
const OTHER_ISSUER = 'This token comes from another issuer.'
const ENCRYPTED =
  'This token is encrypted, so nobody but its issuer can read it. Ask your identity provider for a signed one, at Auth0 by naming an “audience”.'

const CLAIM_SENTENCES: Partial<Record<string, string>> = {
  iss: `${OTHER_ISSUER} The gateway’s log says which one it expects.`,
  nbf: 'This token is not valid yet.',
  exp: 'This token does not say when it expires.',
}

const SENTENCES: Partial<Record<string, string>> = {
  [errors.JWTExpired.code]: 'This token has expired. Get a new one, and send the request again.',
  [errors.JWKSMultipleMatchingKeys.code]: 'This token does not say which key signs it (“kid”).',
  [errors.JWSSignatureVerificationFailed.code]: 'The signature of this token is wrong.',
}
