import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose'
import type { AuthConfig } from '../config/auth-config.ts'
import { InvalidBearer, KeysUnavailable } from '../errors.ts'
import { createExplainJwt } from './explain-jwt.ts'
import { createFetchKeys } from './fetch-keys.ts'
import { EXTERNAL_USER_ID_MAX, type Identity, type Person } from './viewer.ts'

const TIMEOUT_MS = 3000

/** The maximum length of a bearer token, in characters. A Microsoft Entra token with 200 groups has about 12,000. */
const JWT_MAX = 32_768

/** Verifies a JWT and returns its viewer. Throws `InvalidBearer` or `KeysUnavailable`. */
export type VerifyJwt = (jwt: string) => Promise<Identity<Person>>

export interface VerifyJwtOptions {
  /** Fetches the keys. It must limit the size of the response. */
  fetch: FetchImplementation
  now?: (() => Date) | undefined
}

/**
 * Creates the verifier of the host product's JWTs. Keys are fetched on first use and cached for ten minutes. An unknown key
 * ID triggers a new fetch at most every 30 seconds, so keys can rotate, but a caller cannot cause endless requests. After a
 * failed fetch the next one is made five seconds later at the earliest.
 */
export function createVerifyJwt(
  auth: AuthConfig,
  { fetch, now = () => new Date() }: VerifyJwtOptions,
): VerifyJwt {
  const keys = createRemoteJWKSet(new URL(auth.jwksUrl), {
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: createFetchKeys(fetch),
  })
  const getKey: JWTVerifyGetKey = (header, token) =>
    keys(header, token).catch((error: unknown) => {
      throw isAboutTheToken(error) ? error : new KeysUnavailable({ cause: error })
    })

  const explain = createExplainJwt(auth)

  async function read(jwt: string) {
    const { payload } = await jwtVerify(jwt, getKey, {
      issuer: auth.issuer,
      ...(auth.audienceClaim === 'aud' && { audience: auth.audience }),
      algorithms: [...auth.algorithms],
      clockTolerance: auth.clockToleranceSeconds,
      currentDate: now(),
      requiredClaims: ['exp', auth.audienceClaim],
    })
    if (!holdsClaim(payload, auth.audienceClaim, auth.audience)) refuse(payload, auth.audienceClaim)
    const externalUserId = readClaim(payload, auth.userClaim)
    if (!isUser(externalUserId)) return refuse(payload, auth.userClaim)
    const kind = isOperator(payload, auth) ? 'operator' : 'user'
    const { exp = 0 } = payload
    const expiresAt = new Date((exp + auth.clockToleranceSeconds) * 1000)
    return { viewer: { kind, externalUserId }, expiresAt } as const
  }

  return async (jwt) => {
    if (jwt.length > JWT_MAX) {
      throw new InvalidBearer(`Bearer token too long. The limit is ${JWT_MAX} characters.`)
    }
    return read(jwt).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw explain(error, jwt)
      // A listed key that is too weak is the issuer's fault, regardless of the caller.
      throw error instanceof KeysUnavailable ? error : new KeysUnavailable({ cause: error })
    })
  }
}

function refuse(payload: JWTPayload, claim: string): never {
  const text = `The claim “${claim}” is invalid.`
  throw new errors.JWTClaimValidationFailed(text, payload, claim, 'check_failed')
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function isUser(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= EXTERNAL_USER_ID_MAX &&
    value.isWellFormed() &&
    !value.includes('\0')
  )
}

function isOperator(payload: JWTPayload, { operatorClaim }: AuthConfig): boolean {
  return operatorClaim !== undefined && holdsClaim(payload, operatorClaim.name, operatorClaim.value)
}

/**
 * Reads a claim by name or by path, such as `realm_access.roles`. At each step an exact name wins, because names can contain
 * dots, such as `https://example.com/roles`. Undefined if the claim does not exist.
 */
function readClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const first = name.slice(0, dot)
    const inner = Object.hasOwn(claims, first) ? claims[first] : undefined
    const found = isObject(inner) ? readClaim(inner, name.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Whether a claim is this value, or a list that contains it. Booleans and numbers are compared as strings. Only a claim named
 * `scope` or `scp` is split at spaces, because other strings may be user input.
 */
function holdsClaim(claims: JWTPayload, name: string, value: string): boolean {
  const claim = readClaim(claims, name)
  const values: unknown[] = Array.isArray(claim) ? claim : [claim]
  if (isScope(name) && typeof claim === 'string') values.push(...claim.split(/\s+/))
  return values.some((it) => isPlain(it) && String(it) === value)
}

function isScope(name: string): boolean {
  return /(^|[./])(scope|scp)$/.test(name)
}

// The string form of an object or a nested list must not match.
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
