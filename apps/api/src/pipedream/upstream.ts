import { join } from 'node:path'
import type { FetchLike, PipedreamClientOptions } from 'pipedream-client/server'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts'
import type { PipedreamConfig } from '../config/pipedream-config.ts'
import type { Config } from '../config/read-config.ts'
import type { Outgoing } from './outgoing.ts'
import { readRunningFile, writeRunningFile } from './running-file.ts'

// A user may be waiting.
const TIMEOUT_MS = 10_000

/** The Pipedream that the gateway works with: the real one, or the embedded emulator. */
export interface Upstream {
  options: PipedreamClientOptions
  /** The state of the circuit breaker that `options.fetch` goes through. */
  breaker: Pick<CircuitBreaker, 'state'>
  /** Hosted page that browsers open in a frame. */
  connectUrl: string
  /** URL of the embedded emulator; undefined: this is the real Pipedream. */
  emulatorUrl: string | undefined
  close(): void | Promise<void>
}

interface Surroundings extends Pick<Outgoing, 'transport' | 'fetch'> {
  /** URL of the gateway for browsers. */
  publicUrl: string
}

/** Opens the configured Pipedream project, or starts the emulator if none is configured. */
export async function openUpstream(config: Config, outgoing: Surroundings): Promise<Upstream> {
  return config.pipedream
    ? realPipedream(config.pipedream, outgoing.transport)
    : embedEmulator(config, outgoing)
}

function realPipedream({ connectUrl, ...project }: PipedreamConfig, fetch: FetchLike): Upstream {
  const breaker = createCircuitBreaker(fetch)
  return {
    options: { ...project, fetch: breaker.fetch, timeoutMs: TIMEOUT_MS },
    breaker,
    connectUrl: connectUrl ?? 'https://pipedream.com/_static/connect.html',
    emulatorUrl: undefined,
    close: () => {},
  }
}

async function embedEmulator(
  { emulatorPort: port, emulatorHost: host, dataDirectory }: Config,
  { transport, fetch, publicUrl }: Surroundings,
): Promise<Upstream> {
  // Imported here, so that with a real project no emulator code is loaded.
  const { listen, StateInUseError } = await import('pipedream-emulator/listen')
  const { url, emulator, close } = await listen({
    port,
    host,
    // Even if other machines can reach it: this check prevents DNS rebinding.
    allowedHosts: [],
    state: join(dataDirectory, 'emulator'),
    // Delivers webhooks, possibly to another machine.
    fetch,
    // Pipedream's limits would get in the way of trying many names, and of load tests.
    developmentUserLimit: Infinity,
    rateLimits: false,
  }).catch(async (error: unknown) => {
    if (error instanceof StateInUseError) throw await inUseError(dataDirectory, error)
    const reason = error instanceof Error ? error.message : String(error)
    if (isAboutFolder(error)) {
      throw new Error(
        `The folder ${dataDirectory} cannot be used. ${reason}. Make it writable, or set DATA_DIR to another folder.`,
        { cause: error },
      )
    }
    throw new Error(
      `The emulator could not start. ${reason} To move it, set EMULATOR_PORT or EMULATOR_HOST.`,
      { cause: error },
    )
  })
  const running = { pid: process.pid, url: publicUrl, emulatorUrl: url }
  const removeRunningFile = await writeRunningFile(dataDirectory, running)
  const breaker = createCircuitBreaker(transport)
  return {
    options: {
      ...emulator.credentials,
      projectEnvironment: 'development',
      baseUrl: url,
      fetch: breaker.fetch,
      timeoutMs: TIMEOUT_MS,
    },
    breaker,
    connectUrl: `${url}/_static/connect.html`,
    emulatorUrl: url,
    async close() {
      // Removed first, because after `close` the folder may belong to another process.
      await removeRunningFile()
      await close()
    },
  }
}

// Node's errors of the file system have a path. SQLite locks the folder.
function isAboutFolder(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return 'path' in error || ('code' in error && error.code === 'ERR_SQLITE_ERROR')
}

async function inUseError(dataDirectory: string, cause: Error): Promise<Error> {
  const other = await readRunningFile(dataDirectory)
  const who = other ? `another gateway (process ${other.pid}, ${other.url})` : 'another program'
  return new Error(
    `The folder ${dataDirectory} is in use by ${who}. Stop it, or set DATA_DIR to another folder.`,
    { cause },
  )
}
