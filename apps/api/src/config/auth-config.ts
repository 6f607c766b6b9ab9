import { z } from 'zod'
import { isLoopbackUrl } from '../http/site.ts'

/** How people arrive with a JWT of the host product. */
export interface AuthConfig {
  /** Where the keys are that sign. */
  jwksUrl: string
  issuer: string
  audience: string
  /** The claim that names the audience. */
  audienceClaim: string
  /** The claim that holds the person's `externalUserId`. */
  userClaim: string
  /** Who is an operator; undefined: nobody by JWT. */
  operatorClaim: OperatorClaim | undefined
  /** How far the issuer's clock may be from ours. */
  clockToleranceSeconds: number
  algorithms: readonly string[]
}

/** A claim that is `value`, or a list that holds it; the name may be a path, see `readClaim`. */
interface OperatorClaim {
  name: string
  value: string
}

// Of these, it is known what their tokens say: what is written in another way never matches.
const ISSUERS: readonly (readonly [host: RegExp, issuer: RegExp, looks: string])[] = [
  [
    /^https:\/\/[\w.-]+\.auth0\.com/,
    /\.auth0\.com\/$/,
    'https://YOUR-TENANT.auth0.com/ with the slash',
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
    'https://sts.windows.net/YOUR-TENANT-ID/ with the slash',
  ],
]

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

// Of the token itself, and never of a person.
const OF_THE_TOKEN = new Set(['iss', 'exp', 'nbf', 'iat', 'jti'])
// These are the same for everybody who uses one app: all of them would be one person.
const NO_PERSON = new Set([...OF_THE_TOKEN, 'aud', 'azp', 'client_id'])

const NO_PLACEHOLDER = /^[^\s,<>{}*]+$/
// A provider's settings, and Google's list of certificates, which is no set of keys.
const NO_KEY_SETS = /\/(openid-configuration|oauth-authorization-server)\b|\/metadata\/x509\//
const TO_THE_LETTER = 'to the letter, without placeholder or wildcard'

const issuer = z
  .string()
  .regex(NO_PLACEHOLDER, `must be one issuer, ${TO_THE_LETTER}`)
  .refine(
    (value) => !value.includes('/.well-known/'),
    'must be the issuer, not where its settings are',
  )
  .superRefine((value, context) => {
    const known = ISSUERS.find(([host]) => host.test(value))
    if (!known || known[1].test(value)) return
    context.addIssue({ code: 'custom', message: `must be ${known[2]}, as the tokens say` })
  })

const jwksUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(isConfidential, 'must be an https URL without password; http serves on this machine only')
  .regex(NO_PLACEHOLDER, 'must be one URL, without placeholder or wildcard')
  .refine(
    (url) => !NO_KEY_SETS.test(url),
    'must be where the keys are: what “jwks_uri” says in the provider’s settings',
  )

const claimName = z
  .string()
  .regex(
    /^[^\s,="'`[\](){}<>*$]+$/,
    `must be the name of one claim, or a path such as realm_access.roles`,
  )
  .refine((name) => name.split('.').every(Boolean), 'must have a name before and behind each dot')

const operatorClaim = z.object({
  name: claimName.refine(
    (name) => !OF_THE_TOKEN.has(name),
    'must name a claim that tells operators from other people',
  ),
  value: z.string().refine((value) => value.trim() === value, 'may have no blank around the “=”'),
})

/** The settings of sign-in by JWT, all of them optional here: `missingAuth` says which belong together. */
export const authSettings = {
  AUTH_JWKS_URL: jwksUrl.optional(),
  AUTH_ISSUER: issuer.optional(),
  AUTH_AUDIENCE: z
    .string()
    .regex(NO_PLACEHOLDER, `must be one audience, ${TO_THE_LETTER}`)
    .optional(),
  AUTH_AUDIENCE_CLAIM: z
    .enum(['aud', 'azp', 'client_id'], { error: 'must be aud, azp or client_id' })
    .default('aud'),
  AUTH_USER_CLAIM: claimName
    .refine(
      (name) => !NO_PERSON.has(name),
      'must name a claim that tells persons apart, such as sub',
    )
    .default('sub'),
  AUTH_OPERATOR_CLAIM: z
    .string()
    .regex(/^[^=]+=.+$/, 'must name a claim and its value: role=operator')
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
    audienceClaim: values.AUTH_AUDIENCE_CLAIM,
    userClaim: values.AUTH_USER_CLAIM,
    operatorClaim: values.AUTH_OPERATOR_CLAIM,
    clockToleranceSeconds: values.AUTH_CLOCK_TOLERANCE,
    algorithms: values.AUTH_ALGORITHMS,
  }
}
