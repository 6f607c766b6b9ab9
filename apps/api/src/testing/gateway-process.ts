import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Credentials } from 'pipedream-emulator'
import { onTestFinished } from 'vitest'
import { bundleGateway } from '../../scripts/bundle-gateway.ts'

// Blank is unset, also for what a developer's own .env.local sets.
const UNSET = Object.fromEntries(
  [
    'PIPEDREAM_CLIENT_ID',
    'PIPEDREAM_CLIENT_SECRET',
    'PIPEDREAM_PROJECT_ID',
    'PIPEDREAM_PROJECT_ENVIRONMENT',
    'PIPEDREAM_BASE_URL',
    'PIPEDREAM_CONNECT_URL',
    'PIPEDREAM_CONNECT_TOKEN_SCOPE',
    'PUBLIC_URL',
    'ALLOWED_ORIGINS',
    'AUTH_JWKS_URL',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'AUTH_USER_CLAIM',
    'AUTH_OPERATOR_CLAIM',
    'AUTH_CLOCK_TOLERANCE',
    'AUTH_ALGORITHMS',
    'SERVICE_KEY',
    'DATABASE_URL',
    'DATABASE_LISTEN_URL',
    'DATABASE_SCHEMA',
  ].map((name) => [name, '']),
)

/** The gateway in a process of its own. */
export interface GatewayProcess {
  child: ChildProcess
  /** What it says once it serves; what it said until then, if it ends instead. */
  banner: Promise<string>
  /** All of its standard error, once it has ended. */
  stderr: Promise<string>
  /** The exit code, and the signal that ended it. */
  exit: Promise<[code: number | null, signal: NodeJS.Signals | null]>
}

/** Starts the gateway as `main.ts` does, on free ports and with nothing but these settings; it ends with the test. */
export async function startGateway(
  settings: Record<string, string | undefined> = {},
  args: readonly string[] = [],
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [await bundleGateway(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...UNSET,
      PATH: process.env.PATH,
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: settings.DATA_DIR ?? (await makeDataDirectory()),
      ...settings,
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    child,
    banner: bannerOf(child.stdout),
    stderr: text(child.stderr),
    exit: once(child, 'exit').then(([code, signal]) => [code, signal]),
  }
}

export function makeDataDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'api-main-'))
}

async function bannerOf(stdout: AsyncIterable<Buffer>): Promise<string> {
  let banner = ''
  for await (const chunk of stdout) {
    banner += chunk.toString()
    if (banner.includes('Ctrl-C')) break
  }
  return banner
}

/** An address that a banner names: of the `App and API`, say. */
export function urlIn(banner: string, label: string): string {
  return new RegExp(`${label}\\s+(http://localhost:\\d+)`).exec(banner)?.[1] ?? ''
}

/** The address that a process listens on, also when browsers reach it at another. */
export function ownUrlIn(banner: string): string {
  const port = /we listen on port (\d+)/.exec(banner)?.[1]
  return port === undefined ? urlIn(banner, 'App and API') : `http://localhost:${port}`
}

/** The settings of a gateway that works with an emulator of the test's, which outlives it. */
export function atEmulator(
  url: string,
  { clientId, clientSecret, projectId }: Credentials,
): Record<string, string> {
  return {
    PIPEDREAM_CLIENT_ID: clientId,
    PIPEDREAM_CLIENT_SECRET: clientSecret,
    PIPEDREAM_PROJECT_ID: projectId,
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: url,
    PIPEDREAM_CONNECT_URL: `${url}/_static/connect.html`,
  }
}
