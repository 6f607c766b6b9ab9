// The gateway as in production: identity, durable events and flows, validation, limits and the log are all on. The limits are
// out of reach of the load, so no request is refused.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../../apps/api/src/config/read-config.ts'
import { start } from '../../../apps/api/src/start.ts'
import { AUDIENCE, ISSUER, PROJECT, SERVICE_KEY } from './project.ts'
import { reportTo } from './serve.ts'

const HIGH = '100000000'
const upstream = process.env['BENCH_UPSTREAM'] ?? ''
const folder = await mkdtemp(join(tmpdir(), 'bench-gateway-'))
process.on('exit', () => void rm(folder, { recursive: true, force: true }))
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
  TRUSTED_DOCUMENTS: 'off',
  DATA_DIR: folder,
  ...(process.env['BENCH_DATABASE_URL'] && { DATABASE_URL: process.env['BENCH_DATABASE_URL'] }),
  RATE_LIMIT_ADDRESS: HIGH,
  RATE_LIMIT_USER: HIGH,
  RATE_LIMIT_SERVICE: HIGH,
  RATE_LIMIT_CONNECT_TOKEN: HIGH,
  RATE_LIMIT_UPSTREAM_USER: HIGH,
  RATE_LIMIT_UPSTREAM_PROJECT: HIGH,
})
const { port } = await start(config, join(import.meta.dirname, '../../../apps/web/dist'))
reportTo(`http://127.0.0.1:${port}`)
