import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const ISSUER = 'http://localhost:3100'
const AUDIENCE = 'connected-accounts'

type SigningKey = Awaited<ReturnType<typeof makeKey>>

// Global, because Next.js loads a changed module once per route, and both routes need the same key. This example creates a key at
// each start, and the gateway then fetches it again. Store yours, and rotate it.
declare global {
  var signingKey: Promise<SigningKey> | undefined
}

async function makeKey() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const alg = 'ES256'
  const jwk = { ...(await exportJWK(publicKey)), kid: crypto.randomUUID(), alg, use: 'sig' }
  return { jwk, privateKey }
}

function readKey(): Promise<SigningKey> {
  globalThis.signingKey ??= makeKey()
  return globalThis.signingKey
}

export async function listPublicKeys(): Promise<SigningKey['jwk'][]> {
  return [(await readKey()).jwk]
}

/** Signs a JWT for the gateway. Take the user from your own session, never from the request body. */
export async function signGatewayToken(externalUserId: string): Promise<string> {
  const { jwk, privateKey } = await readKey()
  return new SignJWT()
    .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(externalUserId)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(privateKey)
}
