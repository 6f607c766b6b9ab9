// Replaces your product's server: it signs a JWT for the gateway that names the signed-in user.
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Connect, Plugin } from 'vite'

const ISSUER = 'http://localhost:5173'
const AUDIENCE = 'connected-accounts'

// This example creates a key at each start, and the gateway then fetches it again. Store yours, and rotate it.
const { publicKey, privateKey } = await generateKeyPair('ES256')
const key = { ...(await exportJWK(publicKey)), kid: crypto.randomUUID(), alg: 'ES256', use: 'sig' }

/** Signs a JWT for the gateway. Take the user from your own session, never from the request body. */
function signGatewayToken(externalUserId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(externalUserId)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(privateKey)
}

const routes = new Map<string, () => Promise<object>>([
  ['/jwks.json', async () => ({ keys: [key] })],
  ['/gateway-token', async () => ({ gatewayToken: await signGatewayToken('ada') })],
])

const serve: Connect.NextHandleFunction = (request, response, next) => {
  const route = routes.get(request.url ?? '')
  if (route === undefined) return next()
  const send = async () => {
    const body = JSON.stringify(await route())
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
    response.writeHead(200, headers).end(body)
  }
  void send()
}

/** Serves `/jwks.json` and `/gateway-token` next to the page. */
export function issuer(): Plugin {
  return {
    name: 'issuer',
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(serve),
  }
}
