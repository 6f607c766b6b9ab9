import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const ISSUER = 'http://localhost:3100'
const AUDIENCE = 'connected-accounts'

type SigningKey = Awaited<ReturnType<typeof makeKey>>

// Global, because Next.js loads a changed module anew for each route, and both routes need one key. It is made at each start, so
// the gateway may look for it once more; yours are kept, and rotated.
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

/** A JWT for the gateway, for the person whom your own session names, never the request's body. */
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
