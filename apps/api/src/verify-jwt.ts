import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose'
import type { AuthConfig } from './auth-config.ts'
import { EXTERNAL_USER_ID_MAX } from './external-user-id.ts'
import { InvalidBearer, KeysUnavailable } from './refusal.ts'

const TIMEOUT_MS = 3000

// A page can fill a request's headers; real tokens are far smaller.
const JWT_MAX = 8192

/** Who a JWT says that the viewer is. Throws `InvalidBearer` or `KeysUnavailable`. */
export type VerifyJwt = (jwt: string) => Promise<{
  kind: 'user' | 'operator'
  externalUserId: string
}>

export interface VerifyJwtOptions {
  /** How keys are fetched; default: `fetch`. */
  fetch?: FetchImplementation | undefined
  now?: (() => Date) | undefined
}

/**
 * Makes the verifier of the host product's JWTs. Keys are fetched when first needed and kept for ten minutes; a key
 * that is not among them is looked for again at most every half a minute, so that keys may rotate and nobody can make
 * us ask without end.
 */
export function createVerifyJwt(
  auth: AuthConfig,
  { fetch, now = () => new Date() }: VerifyJwtOptions = {},
): VerifyJwt {
  const keys = createRemoteJWKSet(new URL(auth.jwksUrl), {
    timeoutDuration: TIMEOUT_MS,
    ...(fetch && { [customFetch]: fetch }),
  })
  const getKey: JWTVerifyGetKey = (header, token) =>
    keys(header, token).catch((error: unknown) => {
      throw isAboutTheToken(error) ? error : new KeysUnavailable({ cause: error })
    })

  return async (jwt) => {
    if (jwt.length > JWT_MAX) throw new InvalidBearer('This bearer is too long.')
    const { payload } = await jwtVerify(jwt, getKey, {
      issuer: auth.issuer,
      audience: auth.audience,
      algorithms: [...auth.algorithms],
      clockTolerance: auth.clockToleranceSeconds,
      currentDate: now(),
      requiredClaims: ['exp'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw new InvalidBearer(whyNot(error))
      // A key that is listed but too weak to use is the issuer's fault, whoever names it.
      throw error instanceof KeysUnavailable ? error : new KeysUnavailable({ cause: error })
    })
    const externalUserId = readUser(payload[auth.userClaim], auth.userClaim)
    return { kind: isOperator(payload, auth) ? 'operator' : 'user', externalUserId }
  }
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function whyNot(error: errors.JOSEError): string {
  if (error instanceof errors.JWTClaimValidationFailed) {
    return CLAIM_SENTENCES[error.claim] ?? 'A claim of this token is missing or wrong.'
  }
  return SENTENCES[error.code] ?? 'This bearer is neither a service key nor a token that we know.'
}

const CLAIM_SENTENCES: Partial<Record<string, string>> = {
  iss: 'This token comes from another issuer.',
  aud: 'This token is meant for another audience.',
  nbf: 'This token is not valid yet.',
  exp: 'This token does not say when it expires.',
}

const SENTENCES: Partial<Record<string, string>> = {
  [errors.JWTExpired.code]: 'This token has expired. Get a new one, and send the request again.',
  [errors.JWKSNoMatchingKey.code]: 'This token is signed by a key that its issuer does not list.',
  [errors.JWKSMultipleMatchingKeys.code]: 'This token does not say which key signs it (“kid”).',
  [errors.JOSEAlgNotAllowed.code]: 'This token is signed by an algorithm that is not accepted.',
  [errors.JWSSignatureVerificationFailed.code]: 'The signature of this token is wrong.',
}

function readUser(value: unknown, claim: string): string {
  const isUser =
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= EXTERNAL_USER_ID_MAX &&
    value.isWellFormed() &&
    !value.includes('\0')
  if (isUser) return value
  throw new InvalidBearer(
    `The claim “${claim}” of this token must name the user, by a text of 1 to ${EXTERNAL_USER_ID_MAX} characters.`,
  )
}

function isOperator(payload: JWTPayload, { operatorClaim }: AuthConfig): boolean {
  if (!operatorClaim) return false
  const claim = payload[operatorClaim.name]
  // `String` would make a list of one, or whatever an object prints as, equal to a text.
  const values: unknown[] = Array.isArray(claim) ? claim : [claim]
  return values.some(
    (value) => value === operatorClaim.value || (value === true && operatorClaim.value === 'true'),
  )
}
