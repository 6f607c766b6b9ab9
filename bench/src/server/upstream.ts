// Responds as Pipedream documents it, at the lowest cost that node:http allows, after a delay that the parent process sets.
// All IDs, names and addresses are invented.
import { createServer, type ServerResponse } from 'node:http'
import { serve } from './serve.ts'

const ACCOUNTS = 20
const APPS = 24
const CREATED = '2026-03-25T17:49:15.000Z'
const app = {
  id: 'app_bench',
  name_slug: 'google_sheets',
  name: 'Google Sheets',
  auth_type: 'oauth',
  description: 'Spreadsheets',
  img_src: 'https://assets.example.net/gs.png',
  custom_fields_json: '[]',
  categories: ['Productivity'],
  featured_weight: 900,
  scope_profiles: [],
}
const connectToken = 'ctok_0123456789abcdef0123456789abcdef'
const jwks: unknown = JSON.parse(process.env['BENCH_JWKS'] ?? '{"keys":[]}')
let delayMs = 0

// Stand for what differs between users.
const USER = '"@user"'
const KEY = '@key'

function account(externalId: string, id = 'apn_bench') {
  const dates = { created_at: CREATED, updated_at: CREATED }
  const name = 'ada@example.com'
  return { id, name, external_id: externalId, healthy: true, dead: false, app, ...dates }
}

function page(data: unknown[]): string {
  const info = { total_count: data.length, count: data.length, start_cursor: 'a', end_cursor: null }
  return JSON.stringify({ page_info: info, data })
}

const accounts = page(
  Array.from({ length: ACCOUNTS }, (_, i) =>
    account(JSON.parse(USER) as string, `apn_${KEY}x${i}`),
  ),
)
const apps = Buffer.from(page(Array.from({ length: APPS }, (_, i) => ({ ...app, id: `app_${i}` }))))

/** A user's accounts, whose IDs contain the letters and digits of the user's. */
function accountsOf(externalId: string): string {
  return accounts
    .replaceAll(USER, JSON.stringify(externalId))
    .replaceAll(KEY, externalId.replaceAll(/\W/g, ''))
}

const fixed = new Map(
  Object.entries({
    '/jwks': jwks,
    '/v1/oauth/token': { access_token: 'bench', token_type: 'Bearer', expires_in: 3600 },
    '/v1/connect/apps/google_sheets': { data: app },
    '/v1/apps/google_sheets': { data: app },
    '/v1/connect/proj_bench/accounts/apn_bench': account('ada'),
  }).map(([path, answer]) => [path, Buffer.from(JSON.stringify(answer))]),
)

function createToken(): string {
  const expiresAt = new Date(Date.now() + 900_000).toISOString()
  return JSON.stringify({
    token: connectToken,
    expires_at: expiresAt,
    connect_link_url: `https://pipedream.com/_static/connect.html?token=${connectToken}&connectLink=true`,
  })
}

function answerTo(url: string): string | Buffer | undefined {
  const [path = '', query] = url.split('?')
  if (path === '/v1/connect/proj_bench/tokens') return createToken()
  if (path === '/v1/connect/proj_bench/accounts') {
    return accountsOf(new URLSearchParams(query).get('external_user_id') ?? 'ada')
  }
  return path === '/v1/connect/apps' ? apps : fixed.get(path)
}

function respond(response: ServerResponse, answer: string | Buffer | undefined): void {
  const length = answer === undefined ? 0 : Buffer.byteLength(answer)
  const headers = { 'content-type': 'application/json', 'content-length': length }
  response.writeHead(answer === undefined ? 404 : 200, headers).end(answer)
}

const server = createServer((request, response) => {
  request.resume()
  const answer = answerTo(request.url ?? '')
  if (answer === undefined) console.error(`The upstream server does not know ${request.url}`)
  if (delayMs === 0) respond(response, answer)
  else setTimeout(respond, delayMs, response, answer)
})
server.keepAliveTimeout = 60_000
process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'delayMs' in message) {
    delayMs = Number(message.delayMs)
  }
})
serve(server)
