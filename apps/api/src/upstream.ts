import { join } from 'node:path'
import type { FetchLike, PipedreamClientOptions } from 'pipedream-client/server'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts'
import type { Config, PipedreamConfig } from './config.ts'
import type { Outgoing } from './outgoing.ts'

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

/** Says where Pipedream is, and starts the emulator when nothing of the real one is configured. */
export async function openUpstream(
  config: Config,
  outgoing: Pick<Outgoing, 'transport' | 'fetch'>,
): Promise<Upstream> {
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
  { transport, fetch }: Pick<Outgoing, 'transport' | 'fetch'>,
): Promise<Upstream> {
  // Only now, so that with a real project nothing of the emulator is even loaded.
  const { listen } = await import('pipedream-emulator/listen')
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
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The emulator could not start. ${reason} To move it, set EMULATOR_PORT or EMULATOR_HOST.`,
      { cause: error },
    )
  })
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
    close,
  }
}
