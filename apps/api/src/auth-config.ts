import { z } from 'zod'
import { isLoopbackUrl } from './loopback.ts'

/** How people arrive with a JWT of the host product. */
export interface AuthConfig {
  /** Where the keys are that sign. */
  jwksUrl: string
  issuer: string
  audience: string
  /** The claim that holds the person's `externalUserId`. */
  userClaim: string
  /** Who is an operator; undefined: nobody by JWT. */
  operatorClaim: OperatorClaim | undefined
  /** How far the issuer's clock may be from ours. */
  clockToleranceSeconds: number
  algorithms: readonly string[]
}

/** A claim that is `value`, or a list that holds it. */
interface OperatorClaim {
  name: string
  value: string
}

// Asymmetric ones alone: with a shared secret, or with "none", whoever can read a key could also sign.
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

const jwksUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(isConfidential, 'must be an https URL without password; http serves on this machine only')

/** The settings of sign-in by JWT, all of them optional here: `missingAuth` says which belong together. */
export const authSettings = {
  AUTH_JWKS_URL: jwksUrl.optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_USER_CLAIM: z.string().default('sub'),
  AUTH_OPERATOR_CLAIM: z
    .string()
    .regex(/^[^=]+=.+$/, 'must name a claim and its value: role=operator')
    .transform((claim): OperatorClaim => {
      const [name = '', ...value] = claim.split('=')
      return { name, value: value.join('=') }
    })
    .optional(),
  AUTH_CLOCK_TOLERANCE: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(0, 'must be 0 to 300 seconds')
    .max(300, 'must be 0 to 300 seconds')
    .default(30),
  AUTH_ALGORITHMS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z
        .array(z.enum(ALGORITHMS, { error: `may hold ${ALGORITHMS.join(', ')} only` }))
        .min(1, 'must name an algorithm'),
    )
    .default(ALGORITHMS),
}

function isConfidential(value: string): boolean {
  const url = URL.parse(value)
  if (!url || url.username || url.password) return false
  return url.protocol === 'https:' || isLoopbackUrl(url)
}

const REQUIRED = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']

/** What is missing when only a part is set: a token whose issuer or audience nobody checks is anybody's. */
export function missingAuth(given: Readonly<Record<string, string | undefined>>): string[] {
  // Not by the prefix: other programs have settings that begin with AUTH_ too.
  if (!Object.keys(authSettings).some((name) => given[name] !== undefined)) return []
  return REQUIRED.filter((name) => given[name] === undefined).map(
    (name) => `${name} is missing. Set it, or unset the other AUTH_* to do without sign-in by JWT.`,
  )
}

type AuthSettings = z.infer<z.ZodObject<typeof authSettings>>

/** `undefined`: nobody arrives with a JWT. */
export function authConfig(values: AuthSettings): AuthConfig | undefined {
  const { AUTH_JWKS_URL: url, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values
  if (!url || !issuer || !audience) return undefined
  return {
    jwksUrl: url,
    issuer,
    audience,
    userClaim: values.AUTH_USER_CLAIM,
    operatorClaim: values.AUTH_OPERATOR_CLAIM,
    clockToleranceSeconds: values.AUTH_CLOCK_TOLERANCE,
    algorithms: values.AUTH_ALGORITHMS,
  }
}
