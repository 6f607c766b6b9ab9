import { join } from 'node:path'
import type { FetchLike, PipedreamClientOptions } from 'pipedream-client/server'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts'
import type { PipedreamConfig } from '../config/pipedream-config.ts'
import type { Config } from '../config/read-config.ts'
import type { Outgoing } from './outgoing.ts'
import { leaveRunningNote, readRunningNote } from './running-note.ts'

// Somebody is looking at a page meanwhile.
const TIMEOUT_MS = 10_000

/** The Pipedream that we work with: the real one, or the embedded emulator. */
export interface Upstream {
  options: PipedreamClientOptions
  /** Stands before all that `options` send. */
  breaker: Pick<CircuitBreaker, 'state'>
  /** Hosted page that browsers open in a frame. */
  connectUrl: string
  /** Where the embedded emulator listens; undefined: this is the real Pipedream. */
  emulatorUrl: string | undefined
  close(): void | Promise<void>
}

interface Surroundings extends Pick<Outgoing, 'transport' | 'fetch'> {
  /** Where browsers reach the gateway. */
  publicUrl: string
}

/** Says where Pipedream is, and starts the emulator when nothing of the real one is configured. */
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
  // Only now, so that with a real project nothing of the emulator is even loaded.
  const { listen, StateInUseError } = await import('pipedream-emulator/listen')
  const { url, emulator, close } = await listen({
    port,
    host,
    // Also where other machines reach it: a website could lead a name of its own to it.
    allowedHosts: [],
    state: join(dataDirectory, 'emulator'),
    // Delivers webhooks, which may lead to another machine.
    fetch,
    // Pipedream's limits would only get into the way of whoever tries many names, or how fast this is.
    developmentUserLimit: Infinity,
    rateLimits: false,
  }).catch(async (error: unknown) => {
    if (error instanceof StateInUseError) throw await inUseError(dataDirectory, error)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The emulator could not start. ${reason} To move it, set EMULATOR_PORT or EMULATOR_HOST.`,
      { cause: error },
    )
  })
  const note = { pid: process.pid, url: publicUrl, emulatorUrl: url }
  const removeNote = await leaveRunningNote(dataDirectory, note)
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
      // Before the folder may be another's.
      await removeNote()
      await close()
    },
  }
}

async function inUseError(dataDirectory: string, cause: Error): Promise<Error> {
  const note = await readRunningNote(dataDirectory)
  const who = note ? `another start (process ${note.pid}, ${note.url})` : 'another program'
  return new Error(
    `The folder ${dataDirectory} is in use by ${who}. Stop it, or set DATA_DIR to another folder.`,
    { cause },
  )
}
