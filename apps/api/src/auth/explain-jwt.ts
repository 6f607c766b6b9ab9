import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload } from 'jose'
import { lru } from 'tiny-lru'
import type { AuthConfig } from '../config/auth-config.ts'
import { EXTERNAL_USER_ID_MAX } from './viewer.ts'
import { currentRequest } from '../observability/log.ts'
import { InvalidBearer, UnknownBearer } from '../errors.ts'

/** What a setting expects, and what a token contains instead. Only for the operator's log. */
interface Mismatch {
  setting: string
  expected: string
  actual: unknown
}

interface Explanation {
  /** The error for the caller; it contains no part of the token. */
  refusal: InvalidBearer
  mismatch?: Mismatch | undefined
}

const REPORTS_MAX = 100
const ACTUAL_MAX = 200

/** Creates the function that explains why a JWT is rejected. A mismatch with a setting is logged, once for each reason. */
export function createExplainJwt(auth: AuthConfig) {
  const reported = lru<true>(REPORTS_MAX)

  function report({ setting, expected, actual }: Mismatch): void {
    const text = asText(actual).slice(0, ACTUAL_MAX)
    const key = `${setting} ${text}`
    const log = currentRequest()?.log
    if (!log || reported.get(key)) return
    reported.set(key, true)
    log.warn({ setting, expected, actual: text }, 'A JWT was rejected; logged once for each reason')
  }

  return (error: errors.JOSEError, jwt: string): InvalidBearer => {
    const { refusal, mismatch } = explain(error, jwt, auth)
    if (mismatch) report(mismatch)
    return refusal
  }
}

function asText(actual: unknown): string {
  return typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? 'nothing')
}

function explain(error: errors.JOSEError, jwt: string, auth: AuthConfig): Explanation {
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error, auth)
  if (error instanceof errors.JWKSNoMatchingKey) return explainKey(jwt, auth)
  if (error instanceof errors.JOSEAlgNotAllowed) {
    const expected = auth.algorithms.join(', ')
    const actual = headerOf(jwt).alg
    return {
      refusal: new InvalidBearer('This token is signed with an algorithm that is not accepted.'),
      mismatch: { setting: 'AUTH_ALGORITHMS', expected, actual },
    }
  }
  // Auth0 issues such a token to a page that requests no audience.
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
    return { setting: 'AUTH_ISSUER', expected: auth.issuer, actual: payload.iss }
  }
  if (claim === auth.audienceClaim) {
    return { setting: 'AUTH_AUDIENCE', expected: auth.audience, actual: payload[claim] }
  }
  if (claim !== auth.userClaim) return undefined
  // Only the names, because the values are personal data.
  const actual = `no such string among ${Object.keys(payload).join(', ')}`
  return { setting: 'AUTH_USER_CLAIM', expected: claim, actual }
}

// The signature cannot be verified without the key, so a different issuer is only the likely reason.
function explainKey(jwt: string, auth: AuthConfig): Explanation {
  const { iss } = claimsOf(jwt)
  if (iss !== auth.issuer) {
    return {
      refusal: new UnknownBearer(OTHER_ISSUER),
      mismatch: { setting: 'AUTH_ISSUER', expected: auth.issuer, actual: iss },
    }
  }
  return {
    refusal: new InvalidBearer('This token is signed with a key that its issuer does not list.'),
    mismatch: {
      setting: 'AUTH_JWKS_URL',
      expected: `a key that ${auth.jwksUrl} lists`,
      actual: headerOf(jwt).kid,
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
  return `This token has no claim “${claim}”, so it may be meant for another service. See docs/identity-providers.md.`
}

function sentenceOf(claim: string, { audienceClaim, userClaim }: AuthConfig): string {
  if (claim === audienceClaim) {
    return 'This token is meant for another audience. The gateway’s log contains the expected one.'
  }
  if (claim === userClaim) {
    return `The claim “${claim}” of this token must be the user’s ID, a string of 1 to ${EXTERNAL_USER_ID_MAX} characters.`
  }
  return CLAIM_SENTENCES[claim] ?? 'A claim of this token is missing or wrong.'
}

const UNKNOWN = 'Unknown bearer token.'
const OTHER_ISSUER = 'This token comes from another issuer.'
const ENCRYPTED =
  'This token is encrypted, so only its issuer can read it. Ask your identity provider for a signed token; with Auth0, set an “audience”.'

const CLAIM_SENTENCES: Partial<Record<string, string>> = {
  iss: `${OTHER_ISSUER} The gateway’s log contains the expected one.`,
  nbf: 'This token is not valid yet.',
  exp: 'This token has no expiry.',
}

const SENTENCES: Partial<Record<string, string>> = {
  [errors.JWTExpired.code]: 'This token has expired. Get a new one, and send the request again.',
  [errors.JWKSMultipleMatchingKeys.code]: 'This token does not name its signing key (“kid”).',
  [errors.JWSSignatureVerificationFailed.code]: 'This token has an invalid signature.',
}
