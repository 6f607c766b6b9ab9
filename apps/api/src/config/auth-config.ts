import { z } from 'zod'
import { isLoopback } from 'pipedream-client/node'

/** How users sign in with a JWT of the host product. */
export interface AuthConfig {
  /** URL of the key set. */
  jwksUrl: string
  issuer: string
  audience: string
  /** The claim that contains the audience. */
  audienceClaim: string
  /** The claim that contains the user's `externalUserId`. */
  userClaim: string
  /** Identifies operators; undefined: a JWT never makes an operator. */
  operatorClaim: OperatorClaim | undefined
  /** Allowed clock skew, in seconds. */
  clockToleranceSeconds: number
  algorithms: readonly string[]
}

/** A claim that equals `value`, or a list that contains it; the name may be a path, see `readClaim`. */
interface OperatorClaim {
  name: string
  value: string
}

// The issuers of these providers have a known form; an issuer in another form would match no token.
const ISSUERS: readonly (readonly [host: RegExp, issuer: RegExp, looks: string])[] = [
  [
    /^https:\/\/[\w.-]+\.auth0\.com/,
    /\.auth0\.com\/$/,
    'https://YOUR-TENANT.auth0.com/ with a trailing slash',
  ],
  [/^https:\/\/[\w.-]+\.clerk\.accounts\.dev/, /\.dev$/, 'https://YOUR-APP.clerk.accounts.dev'],
  [
    /^https:\/\/[\w.-]+\.supabase\.co/,
    /\.co\/auth\/v1$/,
    'https://YOUR-PROJECT.supabase.co/auth/v1',
  ],
  [
    /^https:\/\/cognito-idp\./,
    /\.amazonaws\.com(\.cn)?\/[\w-]+$/,
    'https://cognito-idp.YOUR-REGION.amazonaws.com/YOUR-POOL',
  ],
  [
    /^https:\/\/securetoken\.google\.com/,
    /\.com\/[\w-]+$/,
    'https://securetoken.google.com/YOUR-PROJECT',
  ],
  [
    /^https:\/\/login\.microsoftonline\.com/,
    /\.com\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/v2\.0$/,
    'https://login.microsoftonline.com/YOUR-TENANT-ID/v2.0',
  ],
  [
    /^https:\/\/sts\.windows\.net/,
    /\.net\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/$/,
    'https://sts.windows.net/YOUR-TENANT-ID/ with a trailing slash',
  ],
]

// Asymmetric algorithms only: with a shared secret, or with “none”, a key set's reader could sign tokens.
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

// Registered claims about the token itself; they never identify a user.
const OF_THE_TOKEN = new Set(['iss', 'exp', 'nbf', 'iat', 'jti'])
// These also have one value for all users of an app, so every user would be the same.
const NOT_A_USER = new Set([...OF_THE_TOKEN, 'aud', 'azp', 'client_id'])

const NO_PLACEHOLDER = /^[^\s,<>{}*]+$/
// A provider's metadata documents, and Google's list of certificates, are not key sets.
const NO_KEY_SETS = /\/(openid-configuration|oauth-authorization-server)\b|\/metadata\/x509\//
const EXACTLY = 'exactly as in the tokens, without placeholders or wildcards'

const issuer = z
  .string()
  .regex(NO_PLACEHOLDER, `must be one issuer, ${EXACTLY}`)
  .refine(
    (value) => !value.includes('/.well-known/'),
    'must be the issuer, not the URL of its metadata',
  )
  .superRefine((value, context) => {
    const known = ISSUERS.find(([host]) => host.test(value))
    if (!known || known[1].test(value)) return
    context.addIssue({ code: 'custom', message: `must be ${known[2]}, as in the tokens` })
  })

const jwksUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(
    isConfidential,
    'must be an https URL without a password; http is allowed on this machine only',
  )
  .regex(NO_PLACEHOLDER, 'must be one URL, without placeholders or wildcards')
  .refine(
    (url) => !NO_KEY_SETS.test(url),
    'must be the URL of the key set, which is “jwks_uri” in the provider’s metadata',
  )

const claimName = z
  .string()
  .regex(
    /^[^\s,="'`[\](){}<>*$]+$/,
    `must be the name of one claim, or a path such as realm_access.roles`,
  )
  .refine((name) => name.split('.').every(Boolean), 'must have a name before and after each dot')

const operatorClaim = z.object({
  name: claimName.refine(
    (name) => !OF_THE_TOKEN.has(name),
    'must name a claim that identifies operators',
  ),
  value: z
    .string()
    .refine((value) => value.trim() === value, 'must not have spaces around the “=”'),
})

/** The settings of sign-in by JWT. All are optional here; `missingAuth` checks which belong together. */
export const authSettings = {
  AUTH_JWKS_URL: jwksUrl.optional(),
  AUTH_ISSUER: issuer.optional(),
  AUTH_AUDIENCE: z.string().regex(NO_PLACEHOLDER, `must be one audience, ${EXACTLY}`).optional(),
  AUTH_AUDIENCE_CLAIM: z
    .enum(['aud', 'azp', 'client_id'], { error: 'must be aud, azp or client_id' })
    .default('aud'),
  AUTH_USER_CLAIM: claimName
    .refine(
      (name) => !NOT_A_USER.has(name),
      'must name a claim that identifies the user, such as sub',
    )
    .default('sub'),
  AUTH_OPERATOR_CLAIM: z
    .string()
    .regex(/^[^=]+=.+$/, 'must be the name and value of a claim, such as role=operator')
    .transform((claim): OperatorClaim => {
      const [name = '', ...value] = claim.split('=')
      return { name, value: value.join('=') }
    })
    .pipe(operatorClaim)
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
        .array(z.enum(ALGORITHMS, { error: `must contain only ${ALGORITHMS.join(', ')}` }))
        .min(1, 'must contain an algorithm'),
    )
    .default(ALGORITHMS),
}

function isConfidential(value: string): boolean {
  const url = URL.parse(value)
  if (!url || url.username || url.password) return false
  return url.protocol === 'https:' || isLoopback(url)
}

const REQUIRED = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']

/** Lists the missing settings when only some are set: without a check of issuer and audience, foreign tokens would be accepted. */
export function missingAuth(given: Readonly<Record<string, string | undefined>>): string[] {
  // Checks exact names, because other programs also have settings that start with AUTH_.
  if (!Object.keys(authSettings).some((name) => given[name] !== undefined)) return []
  return REQUIRED.filter((name) => given[name] === undefined).map(
    (name) =>
      `${name} is missing. Set it, or unset the other AUTH_* settings to turn off sign-in by JWT.`,
  )
}

type AuthSettings = z.infer<z.ZodObject<typeof authSettings>>

/** `undefined`: sign-in by JWT is off. */
export function authConfig(values: AuthSettings): AuthConfig | undefined {
  const { AUTH_JWKS_URL: url, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values
  if (!url || !issuer || !audience) return undefined
  return {
    jwksUrl: url,
    issuer,
    audience,
    audienceClaim: values.AUTH_AUDIENCE_CLAIM,
    userClaim: values.AUTH_USER_CLAIM,
    operatorClaim: values.AUTH_OPERATOR_CLAIM,
    clockToleranceSeconds: values.AUTH_CLOCK_TOLERANCE,
    algorithms: values.AUTH_ALGORITHMS,
  }
}
