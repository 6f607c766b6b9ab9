// The client's command line, with the settings of this repository: `npx -y pnpm@10 pipedream tokens`.
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { readRunningFile } from '../apps/api/src/pipedream/running-file.ts'
import { CliError } from '../packages/pipedream-client/src/lib/cli/cli-error.ts'
import type { StandIn } from '../packages/pipedream-client/src/lib/cli/cli-io.ts'
import type { Settings } from '../packages/pipedream-client/src/lib/cli/read-settings.ts'
import { runProcess } from '../packages/pipedream-client/src/lib/cli/run-process.ts'
import { createNodeTransport } from '../packages/pipedream-client/src/node.ts'
import { DEFAULT_CREDENTIALS } from '../packages/pipedream-emulator/src/state/emulator-context.ts'
import { StateInUseError } from '../packages/pipedream-emulator/src/state/state-lock.ts'
import { inspectGateway } from './inspect-gateway.ts'

const root = resolve(import.meta.dirname, '..')
const START = '"npx -y pnpm@10 start"'
const DEFAULT_PORT = 4010
// How long to wait for another one of these commands, or for a `start` that has not published its address yet.
const LOCK_TIMEOUT_MS = 20_000
const RETRY_MS = 50

process.chdir(root)
await runProcess({
  program: 'npx -y pnpm@10 pipedream',
  manifest: pathToFileURL(resolve(root, 'packages/pipedream-client/package.json')),
  standIn: openEmulator,
  inspect: (file) => inspectGateway(process.env, file),
})

/**
 * Uses the emulator of a running `start`. Without one, starts an emulator whose state a later `start` finds.
 */
async function openEmulator(settings: Settings): Promise<StandIn> {
  // No proxy: the emulator is on this machine.
  const fetch = createNodeTransport({ env: {} })
  const { url, own } = await findOrStart(settings)
  const { clientId, clientSecret, projectId } = own?.emulator.credentials ?? DEFAULT_CREDENTIALS
  return {
    variables: {
      PIPEDREAM_CLIENT_ID: clientId,
      PIPEDREAM_CLIENT_SECRET: clientSecret,
      PIPEDREAM_PROJECT_ID: projectId,
      PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
      PIPEDREAM_BASE_URL: url,
    },
    fetch,
    note: own
      ? `No Pipedream project is set, so the local emulator is used. It is not running: run ${START} before you open a link or use a token.`
      : `No Pipedream project is set, so the local emulator at ${url} is used.`,
    async close() {
      fetch.close()
      await own?.close()
    },
  }
}

async function findOrStart(settings: Settings) {
  const data = resolve(settings.get('DATA_DIR')?.trim() ?? '.data')
  const deadline = Date.now() + LOCK_TIMEOUT_MS
  for (;;) {
    const running = await findRunning(settings, data)
    if (running !== undefined) return { url: running, own: undefined }
    try {
      const own = await startEmulator(addressIn(settings), data)
      return { url: own.url, own }
    } catch (error) {
      if (!(error instanceof StateInUseError)) throw error
      if (Date.now() > deadline) {
        throw new CliError(
          `The folder ${data} is in use by another program. Stop it, or set DATA_DIR to another folder.`,
        )
      }
      await setTimeout(RETRY_MS)
    }
  }
}

/** Looks for an emulator at the configured address, at the one that `start` stored in its folder, then at the default. */
async function findRunning(settings: Settings, data: string): Promise<string | undefined> {
  const address = addressIn(settings)
  const left = (await readRunningFile(data))?.emulatorUrl
  if (isAddressSet(settings) && (await isEmulator(address))) return address
  // Another program may be listening there now.
  if (left !== undefined && (await isEmulator(left).catch(() => false))) return left
  return !isAddressSet(settings) && (await isEmulator(address)) ? address : undefined
}

function isAddressSet(settings: Settings): boolean {
  return settings.get('EMULATOR_HOST') !== undefined || portIn(settings) !== undefined
}

function addressIn(settings: Settings): string {
  return `http://${hostOf(settings)}:${portIn(settings) ?? DEFAULT_PORT}`
}

// A wildcard address cannot be requested.
function hostOf(settings: Settings): string {
  const host = settings.get('EMULATOR_HOST')?.trim() ?? 'localhost'
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

// Docker and Kubernetes set this variable to a URL for a container named `emulator`.
function portIn(settings: Settings): number | undefined {
  const text = settings.get('EMULATOR_PORT')?.trim() ?? ''
  if (text === '' || text === '0' || /^(tcp|udp|sctp):\/\//.test(text)) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port
  throw new CliError('EMULATOR_PORT is not a port number. Set it to 1 to 65535, or unset it.')
}

/** Returns whether an emulator responds; throws a `CliError` if another program does. */
async function isEmulator(url: string): Promise<boolean> {
  const body = JSON.stringify({
    grant_type: 'client_credentials',
    client_id: DEFAULT_CREDENTIALS.clientId,
    client_secret: DEFAULT_CREDENTIALS.clientSecret,
  })
  const response = await fetch(`${url}/v1/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined)
  if (response === undefined) return false
  await response.body?.cancel()
  if (response.ok) return true
  throw new CliError(
    `Another program is listening at ${url}. Set EMULATOR_PORT to the emulator's port, or to a free one.`,
  )
}

async function startEmulator(publicUrl: string, data: string) {
  // Imported here because a project or a running emulator does not need it.
  const { listen } = await import('../packages/pipedream-emulator/src/server/listen.ts')
  return listen({
    port: 0,
    publicUrl,
    state: join(data, 'emulator'),
    control: false,
    developmentUserLimit: Number.POSITIVE_INFINITY,
    rateLimits: false,
  })
}
