import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { readConfig } from '../config/read-config.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { createVerifyJwt } from './verify-jwt.ts'

const PAGE = await readFile(
  join(import.meta.dirname, '../../../../docs/identity-providers.md'),
  'utf8',
)

interface Provider {
  /** The real URL of its key set, for its issuer. */
  keysOf: (issuer: string) => string
  /** The algorithm of its tokens; default: RS256. */
  alg?: 'ES256'
  /** The form of its key set. */
  listOf?: (key: JWK) => JWK[]
  externalUserId: string
  /** The name of the claim that identifies operators. */
  without: (claims: JWTPayload) => JWTPayload
}

const below = (issuer: string) => `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`
const leaveOut = (name: string) => (claims: JWTPayload) => ({ ...claims, [name]: undefined })

const PROVIDERS: Record<string, Provider> = {
  Auth0: {
    keysOf: below,
    externalUserId: 'auth0|65f1c8a2e4b0d3a7c9f1e2d3',
    without: leaveOut('https://example.com/roles'),
  },
  Clerk: {
    keysOf: below,
    externalUserId: 'user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ',
    without: (claims) => ({ ...claims, metadata: {}, o: { id: 'org_1', rol: 'admin' } }),
  },
  Supabase: {
    keysOf: below,
    alg: 'ES256',
    externalUserId: '123e4567-e89b-12d3-a456-426614174000',
    without: (claims) => ({ ...claims, app_metadata: {}, user_metadata: { role: 'admin' } }),
  },
  'Amazon Cognito': {
    keysOf: below,
    externalUserId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    without: leaveOut('cognito:groups'),
  },
  Firebase: {
    keysOf: () =>
      'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com',
    externalUserId: 'Xk893u23H9SI893aBcDeFgHiJk12',
    without: leaveOut('admin'),
  },
  'Microsoft Entra ID': {
    keysOf: (issuer) => issuer.replace(/\/v2\.0$/, '/discovery/v2.0/keys'),
    // Its keys do not name their algorithm.
    listOf: (key) => [Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'alg'))],
    externalUserId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
    without: leaveOut('roles'),
  },
  Keycloak: {
    keysOf: (issuer) => `${issuer}/protocol/openid-connect/certs`,
    // It also lists an encryption key.
    listOf: (key) => [{ ...key, kid: 'encrypts', use: 'enc', alg: 'RSA-OAEP' }, key],
    externalUserId: 'f3a1c6de-2b7d-4f59-8e11-6d2a90c4b7e8',
    without: (claims) => ({ ...claims, realm_access: { roles: ['offline_access'] } }),
  },
}

/** The first code block of a language in a provider's section. */
function blockOf(name: string, language: string): string {
  const [, chapter = ''] = PAGE.split(`\n## ${name}\n`)
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(chapter) ?? []
  if (block === undefined) throw new Error(`No ${language} block under “${name}”.`)
  return block
}

/** A gateway that is configured as the page says, and a provider that signs tokens and lists its keys. */
async function setUp(name: string) {
  const { keysOf, alg = 'RS256', listOf = (key) => [key] } = PROVIDERS[name] as Provider
  const { auth } = readConfig(parseEnv(blockOf(name, 'sh')))
  if (!auth) throw new Error('The settings configure no sign-in.')
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const key = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', alg }
  const verifyJwt = createVerifyJwt(auth, {
    fetch: async (url) =>
      url === keysOf(auth.issuer)
        ? Response.json({ keys: listOf(key) })
        : new Response('', { status: 404 }),
  })
  const { browser } = await createTestGateway({ verifyJwt })
  const claims: JWTPayload = JSON.parse(blockOf(name, 'json'))

  async function viewerOf(change: (claims: JWTPayload) => JWTPayload) {
    const seconds = Math.floor(Date.now() / 1000)
    const times = { iat: seconds, exp: seconds + 60, ...(claims.nbf && { nbf: seconds - 10 }) }
    const person = browser()
    const token = await new SignJWT(change({ ...claims, ...times }))
      .setProtectedHeader({ alg, kid: key.kid, typ: 'JWT' })
      .sign(privateKey)
    person.headers.authorization = `Bearer ${token}`
    const response = await person.post('/graphql', { query: '{ viewer { kind externalUserId } }' })
    return response.status === 200 ? (await response.json()).data.viewer : response.status
  }

  return { auth, viewerOf }
}

test('the page describes exactly the tested providers', () => {
  const chapters = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, name]) => name)
  expect(chapters).toEqual([...Object.keys(PROVIDERS), 'When a token is refused'])
})

test.each(Object.keys(PROVIDERS))(
  '%s: its token signs in with the page’s settings',
  async (name) => {
    const { externalUserId, without } = PROVIDERS[name] as Provider
    const { viewerOf, auth } = await setUp(name)
    expect(await viewerOf((claims) => claims)).toEqual({ kind: 'OPERATOR', externalUserId })
    expect(await viewerOf(without)).toEqual({ kind: 'USER', externalUserId })
    for (const wrong of ['other', [], undefined]) {
      expect(await viewerOf((claims) => ({ ...claims, [auth.audienceClaim]: wrong }))).toBe(401)
    }
    expect(await viewerOf((claims) => ({ ...claims, iss: `${auth.issuer}x` }))).toBe(401)
  },
)

const asIdToken = ({ client_id, ...claims }: JWTPayload): JWTPayload => ({
  ...claims,
  aud: String(client_id),
})

test('Cognito’s ID token, whose audience is in “aud”, is not accepted as an access token', async () => {
  const { viewerOf } = await setUp('Amazon Cognito')
  expect(await viewerOf(asIdToken)).toBe(401)
})
