import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from './read-documents.ts'

const ISSUER = 'https://app.example.com'
const AUDIENCE = 'connected-accounts'

/** A gateway with its embedded emulator, on free ports, and the credentials of its callers. */
export interface RunningGateway {
  /** The origin, without a slash at the end. */
  url: string
  serviceKey: string
  /** A JWT of the host product's user. */
  jwt: string
  /** The `Cookie` header of a demo user. */
  cookie: string
  stop: () => Promise<void>
}

export async function startGateway(): Promise<RunningGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-test-'))
  const product = await serveKeys()
  const serviceKey = randomUUID()
  const child = spawn(process.execPath, [join(ROOT, 'apps/api/src/main.ts')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: folder,
      SERVICE_KEY: serviceKey,
      AUTH_JWKS_URL: product.jwksUrl,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await exited
    product.close()
    await rm(folder, { recursive: true, force: true })
  }
  const url = await readUrl(child)
  return { url, serviceKey, jwt: product.jwt, cookie: await signIn(url), stop }
}

async function readUrl(child: ChildProcess): Promise<string> {
  const output: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  if (child.stdout === null) throw new Error('The gateway has no output.')
  for await (const line of createInterface({ input: child.stdout })) {
    output.push(line)
    const found = /^\s*App\b.*?(https?:\/\/[^\s/]+)/.exec(line)?.[1]
    if (found !== undefined) {
      child.stdout.resume()
      return found
    }
  }
  throw new Error(`The gateway stopped:\n${output.join('\n')}`)
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ externalUserId: 'ada', role: 'user' }),
  })
  if (!response.ok) throw new Error(`Sign-in failed: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

/** Serves the host product's public keys, and returns a token that it signed. */
async function serveKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'docs', alg: 'ES256', use: 'sig' }
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  const now = Math.floor(Date.now() / 1000)
  const claims = { sub: 'ada', iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + 600 }
  const content = [{ alg: 'ES256', kid: 'docs', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(content), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return {
    jwksUrl: `http://127.0.0.1:${port}/jwks.json`,
    jwt: `${content}.${signature.toString('base64url')}`,
    close: () => server.close(),
  }
}
