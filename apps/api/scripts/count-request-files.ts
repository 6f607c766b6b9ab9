// Counts the files and functions that one warm request runs on the server, from the socket to the response, and fails if they
// are more than they were: `node ../../scripts/run.mjs scripts/count-request-files.ts`. With `--list`, also names them.
import { createServer } from 'node:http'
import { Session } from 'node:inspector/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { readConfig } from '../src/config/read-config.ts'
import { start } from '../src/start.ts'

// Somewhat more than is measured. Raise a number only for what every request needs from then on.
const MOST: Record<string, Counts> = {
  createConnectToken: { files: 66, functions: 295, packageFiles: 100 },
  accounts: { files: 67, functions: 310, packageFiles: 142 },
}

/** What a request runs. */
interface Counts {
  /** Files of this repository, and the functions in them. */
  files: number
  functions: number
  /** Files of installed packages. */
  packageFiles: number
}

const ROOT = join(import.meta.dirname, '../../..')
const OWN = /^(apps\/api\/src|packages\/pipedream-client\/(src|dist))\//
const SERVICE_KEY = 'service-key-of-the-script-that-counts-files'
const ISSUER = 'https://id.example'

const { privateKey, publicKey } = await generateKeyPair('ES256')
const upstream = await startUpstream({ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' })
const folder = await mkdtemp(join(tmpdir(), 'count-request-files-'))
const config = readConfig({
  PORT: '0',
  DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  PIPEDREAM_CLIENT_ID: 'id',
  PIPEDREAM_CLIENT_SECRET: 'secret',
  PIPEDREAM_PROJECT_ID: 'proj_1',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'production',
  PIPEDREAM_BASE_URL: upstream.url,
  PUBLIC_URL: 'https://accounts.example.com',
  TRUSTED_DOCUMENTS: 'off',
  SERVICE_KEY,
  AUTH_JWKS_URL: `${upstream.url}/jwks`,
  AUTH_ISSUER: ISSUER,
  AUTH_AUDIENCE: 'counted',
})
const running = await start(config, join(ROOT, 'apps/web/dist'))
const jwt = await new SignJWT({ sub: 'ada', iss: ISSUER, aud: 'counted' })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .setExpirationTime('1h')
  .sign(privateKey)
const requests = {
  createConnectToken: {
    bearer: SERVICE_KEY,
    query: `mutation { createConnectToken(input: { app: "slack", externalUserId: "ada" }) {
      ... on ConnectToken { token expiresAt connectLinkUrl } ... on Error { message } } }`,
  },
  accounts: {
    bearer: jwt,
    query: `{ viewer { accounts(first: 20) {
      ... on AccountConnection { nodes { id name healthy app { slug name } } } ... on Error { message } } } }`,
  },
}
const session = new Session()
session.connect()
await session.post('Profiler.enable')
for (const [name, request] of Object.entries(requests)) {
  const ran = await run(request)
  const own = [...ran].filter(([file]) => OWN.test(file))
  const counts: Counts = {
    files: own.length,
    functions: own.flatMap(([, functions]) => functions).length,
    packageFiles: [...ran.keys()].filter((file) => file.includes('node_modules/')).length,
  }
  if (process.argv.includes('--list')) list(own)
  console.log(`${name}: ${describe(counts)}`)
  const most = MOST[name]
  if (!most || isMore(counts, most)) {
    console.error(`${name} may run at most ${most ? describe(most) : 'nothing'}.`)
    process.exitCode = 1
  }
}
await running.close()
upstream.close()
await rm(folder, { recursive: true })
process.exit()

/** Sends a request until everything is cached. Returns the files that the last one runs, with the names of the functions. */
async function run(request: { bearer: string; query: string }): Promise<Map<string, string[]>> {
  for (let count = 0; count < 3; count += 1) await post(request)
  // Work that a response does not wait for must not be counted with the next request.
  await setTimeout(500)
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await post(request)
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  const ran = new Map<string, string[]>()
  for (const { url, functions } of result) {
    const names = functions
      .filter(({ ranges }) => ranges[0]?.count)
      .map(({ functionName }) => functionName || '(anonymous)')
    // The fetch of this script is part of Node, and the upstream server is in this file.
    if (url.startsWith('file:') && url !== import.meta.url && names.length > 0) {
      ran.set(relative(ROOT, fileURLToPath(url)), names)
    }
  }
  return ran
}

async function post({ bearer, query }: { bearer: string; query: string }): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  if (!text.includes('"data"') || text.includes('"message"')) {
    throw new Error(`The request failed: ${text}`)
  }
}

function isMore(counts: Counts, most: Counts): boolean {
  return (
    counts.files > most.files ||
    counts.functions > most.functions ||
    counts.packageFiles > most.packageFiles
  )
}

function describe({ files, functions, packageFiles }: Counts): string {
  return `${files} files, ${functions} functions, ${packageFiles} files of packages`
}

function list(own: [string, string[]][]): void {
  for (const [file, functions] of own.toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(`${file}: ${functions.join(', ')}`)
  }
}

/** Responds as Pipedream does, and with the key that signs JWTs. */
async function startUpstream(key: object): Promise<{ url: string; close(): void }> {
  const app = {
    id: 'app_1',
    name_slug: 'slack',
    name: 'Slack',
    auth_type: 'oauth',
    description: 'Messages',
    img_src: 'https://assets.example.net/slack.png',
    custom_fields_json: '[]',
    categories: ['Communication'],
    featured_weight: 900,
    scope_profiles: [],
  }
  const times = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
  const account = { id: 'apn_1', name: 'ada', external_id: 'ada', healthy: true, dead: false, app }
  const page = { total_count: 1, count: 1, start_cursor: 'a', end_cursor: null }
  const link = 'https://pipedream.com/_static/connect.html?token=ctok_1&connectLink=true'
  const responses: Record<string, () => object> = {
    '/jwks': () => ({ keys: [key] }),
    '/v1/oauth/token': () => ({ access_token: 'one', token_type: 'Bearer', expires_in: 3600 }),
    '/v1/connect/proj_1/tokens': () => {
      const expires_at = new Date(Date.now() + 900_000).toISOString()
      return { token: 'ctok_1', expires_at, connect_link_url: link }
    },
    '/v1/connect/proj_1/accounts': () => ({ page_info: page, data: [{ ...account, ...times }] }),
    '/v1/connect/apps/slack': () => ({ data: app }),
    '/v1/apps/slack': () => ({ data: app }),
  }
  const server = createServer((request, response) => {
    request.resume()
    const body = responses[request.url?.split('?', 1)[0] ?? '']?.()
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, close: () => server.closeAllConnections() }
}
