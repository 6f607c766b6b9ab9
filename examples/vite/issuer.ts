// Stands in for your product's server: it knows who is signed in, and signs that for the gateway.
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Connect, Plugin } from 'vite'

const ISSUER = 'http://localhost:5173'
const AUDIENCE = 'connected-accounts'

// Made anew at each start, so the gateway may look for it once more. Yours are kept, and rotated.
const { publicKey, privateKey } = await generateKeyPair('ES256')
const key = { ...(await exportJWK(publicKey)), kid: crypto.randomUUID(), alg: 'ES256', use: 'sig' }

/** A JWT for the gateway. Yours reads the person from your own session, never from the request's body. */
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

const answers = new Map<string, () => Promise<object>>([
  ['/jwks.json', async () => ({ keys: [key] })],
  ['/gateway-token', async () => ({ gatewayToken: await signGatewayToken('ada') })],
])

const serve: Connect.NextHandleFunction = (request, response, next) => {
  const answer = answers.get(request.url ?? '')
  if (answer === undefined) return next()
  const send = async () => {
    const body = JSON.stringify(await answer())
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
    response.writeHead(200, headers).end(body)
  }
  void send()
}

/** Serves `/jwks.json` and `/gateway-token` beside the page. */
export function issuer(): Plugin {
  return {
    name: 'issuer',
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(serve),
  }
}
