// The gateway as in production: identity, durable events and flows, validation, limits and the log are all on. The limits are
// out of reach of the load, so no request is refused. BENCH_SETTINGS has further settings.
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadGateway } from './load-gateway.ts'
import { AUDIENCE, ISSUER, PROJECT, SERVICE_KEY } from './project.ts'
import { reportTo } from './serve.ts'

const began = performance.now()
const { readConfig, start, LIVE_DEFAULTS } = await loadGateway()
// No setting changes how many streams one user may have.
if (process.env['BENCH_STREAMS'] === 'any') LIVE_DEFAULTS.perUser = Number.POSITIVE_INFINITY
const HIGH = '100000000'
const upstream = process.env['BENCH_UPSTREAM'] ?? ''
const folder = await mkdtemp(join(tmpdir(), 'bench-gateway-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const config = readConfig({
  PIPEDREAM_CLIENT_ID: PROJECT.clientId,
  PIPEDREAM_CLIENT_SECRET: PROJECT.clientSecret,
  PIPEDREAM_PROJECT_ID: PROJECT.projectId,
  PIPEDREAM_PROJECT_ENVIRONMENT: PROJECT.projectEnvironment,
  PIPEDREAM_BASE_URL: upstream,
  PORT: '0',
  PUBLIC_URL: 'https://accounts.example.com',
  SERVICE_KEY,
  AUTH_JWKS_URL: `${upstream}/jwks`,
  AUTH_ISSUER: ISSUER,
  AUTH_AUDIENCE: AUDIENCE,
  AUTH_OPERATOR_CLAIM: 'role=operator',
  TRUSTED_DOCUMENTS: 'off',
  DATA_DIR: folder,
  RATE_LIMIT_ADDRESS: HIGH,
  RATE_LIMIT_USER: HIGH,
  RATE_LIMIT_SERVICE: HIGH,
  RATE_LIMIT_CONNECT_TOKEN: HIGH,
  RATE_LIMIT_UPSTREAM_USER: HIGH,
  RATE_LIMIT_UPSTREAM_PROJECT: HIGH,
  ...(JSON.parse(process.env['BENCH_SETTINGS'] ?? '{}') as Record<string, string>),
})
const { port } = await start(config, join(import.meta.dirname, '../../../apps/web/dist'))
reportTo({ url: `http://127.0.0.1:${port}`, importMs: performance.now() - began })
