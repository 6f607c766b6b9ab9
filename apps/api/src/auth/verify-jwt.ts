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
import { EXTERNAL_USER_ID_MAX } from './viewer.ts'

const TIMEOUT_MS = 3000

/** The longest bearer, in characters. Tokens of Microsoft Entra that name 200 groups have some 12,000. */
const JWT_MAX = 32_768

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
    return { kind: isOperator(payload, auth) ? 'operator' : 'user', externalUserId } as const
  }

  return async (jwt) => {
    if (jwt.length > JWT_MAX) {
      throw new InvalidBearer(`This bearer is too long: ${JWT_MAX} characters are allowed.`)
    }
    return read(jwt).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw explain(error, jwt)
      // A key that is listed but too weak to use is the issuer's fault, whoever names it.
      throw error instanceof KeysUnavailable ? error : new KeysUnavailable({ cause: error })
    })
  }
}

function refuse(payload: JWTPayload, claim: string): never {
  const text = `The claim “${claim}” is not as it must be.`
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
 * Reads a claim by its name, which may be a path into objects: `realm_access.roles`. A claim that has the very name comes
 * first, at each step, since names hold dots too, such as `https://example.com/roles`. Undefined: there is none.
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
 * Whether a claim is this value, or a list that holds it. A boolean and a number count as they are written. Only a claim
 * named `scope` or `scp` is a list in one string: elsewhere, words with spaces between them may be what a person typed.
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

// What an object or a list of one prints as must not be equal to a text.
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
