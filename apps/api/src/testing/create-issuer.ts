import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { AuthConfig } from '../auth-config.ts'

const ISSUER = 'https://id.example'
const AUDIENCE = 'connected-accounts'

/** Claims to add or, when `undefined`, to leave out. */
export type Claims = Readonly<Record<string, unknown>>

/** A host product that signs JWTs and lists its keys, in memory. */
export interface Issuer {
  auth: AuthConfig
  /** Answers for the address of the keys. */
  fetch: () => Promise<Response>
  /** How often the keys were asked for. */
  asked: () => number
  /** The public key that signs now. */
  publicKey: () => JWK & { kid: string }
  /** A good token, but for what is given: an `undefined` claim is left out. */
  sign: (claims?: Claims, header?: { alg?: string; kid?: string }) => Promise<string>
  /** Signs with a new key from now on, and lists that one alone. */
  rotate: () => Promise<void>
  /** Lets the address of the keys answer something else; undefined: it answers as it should. */
  answer: (instead: (() => Response | Promise<Response>) | undefined) => void
}

export async function createIssuer(): Promise<Issuer> {
  let count = 0
  let asked = 0
  let instead: (() => Response | Promise<Response>) | undefined
  const makeKey = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const jwk = { ...(await exportJWK(publicKey)), kid: `key-${++count}`, alg: 'ES256' }
    return { privateKey, jwk }
  }
  let key = await makeKey()
  return {
    auth: {
      jwksUrl: `${ISSUER}/keys`,
      issuer: ISSUER,
      audience: AUDIENCE,
      audienceClaim: 'aud',
      userClaim: 'sub',
      operatorClaim: { name: 'role', value: 'operator' },
      clockToleranceSeconds: 30,
      algorithms: ['RS256', 'ES256', 'EdDSA'],
    },
    async fetch() {
      asked += 1
      return instead ? instead() : Response.json({ keys: [key.jwk] })
    },
    asked: () => asked,
    publicKey: () => key.jwk,
    sign(claims, header) {
      const seconds = Math.floor(Date.now() / 1000)
      const good = { iss: ISSUER, aud: AUDIENCE, sub: 'ada', iat: seconds, exp: seconds + 300 }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.jwk.kid, ...header })
        .sign(key.privateKey)
    },
    async rotate() {
      key = await makeKey()
    },
    answer: (what) => void (instead = what),
  }
}
