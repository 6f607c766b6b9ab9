import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator, type Emulator } from 'pipedream-emulator'
import { type CircuitBreaker, createCircuitBreaker } from '../circuit-breaker.ts'
import { defaultLimits } from '../limits/limit-settings.ts'
import type { Limits } from '../limits/limits.ts'
import { unlimited } from '../limits/rate-limits.ts'
import { createLog } from '../log.ts'
import { createServer, type Server, type ServerDeps } from '../server.ts'
import { openDatabase } from '../store/open-database.ts'
import { API_KEY, createPerson, type Person } from './create-person.ts'
import { logWatch } from './log-watch.ts'

type Intercept = (request: Request) => Response | undefined | Promise<Response | undefined>

/** A gateway with its own Pipedream, database and log, all in memory. */
export interface World {
  emulator: Emulator
  server: Server
  /** What stands between the server and Pipedream. */
  breaker: CircuitBreaker
  /** What was logged, a parsed line each. */
  logged: Record<string, unknown>[]
  /** Those of them that tell an operator of trouble. */
  complaints: () => Record<string, unknown>[]
  /** Lets a test answer, or refuse, a request to Pipedream in its place. */
  intercept: (handler: Intercept) => void
  /** A browser in which nobody is signed in. */
  browser: () => Person
  /** A browser in which somebody is. */
  signIn: (externalUserId: string, role?: 'user' | 'operator') => Promise<Person>
}

/** The limits of a world: those of production, but nobody counts and any operation is run. */
export const worldLimits: Limits = {
  ...defaultLimits,
  rates: unlimited,
  trustedDocuments: { documents: new Map(), only: false },
  introspection: true,
}

export async function createWorld(overrides: Partial<ServerDeps> = {}): Promise<World> {
  const emulator = createEmulator({ fetch: () => Promise.resolve(new Response()) })
  const logged: Record<string, unknown>[] = []
  let intercept: Intercept | undefined
  logWatch.addSecret(emulator.credentials.clientSecret)
  logWatch.addSecret(API_KEY)
  const breaker = createCircuitBreaker(async (url, init) => {
    const request = new Request(url, init)
    const asked = request.clone()
    const response = (await intercept?.(request)) ?? (await emulator.fetch(request))
    await logWatch.addUpstream(asked, response)
    return response
  })
  const pipedream = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    timeoutMs: 1000,
    fetch: breaker.fetch,
  })
  const server = createServer({
    pipedream,
    database: await openDatabase(':memory:'),
    log: createLog({
      write(line) {
        logged.push(JSON.parse(line))
        logWatch.addLine(line)
      },
    }),
    publicUrl: 'http://localhost:3000',
    connectTokens: {
      allowedOrigins: ['http://localhost:3000'],
      scope: undefined,
      connectUrl: 'http://localhost:4010/_static/connect.html',
      hasWebhooks: true,
    },
    demoSignIn: true,
    restTwins: true,
    breaker,
    limits: worldLimits,
    ...overrides,
  })
  const watched = watch(server)
  const browser = () => createPerson(watched, emulator)
  return {
    emulator,
    server: watched,
    breaker,
    logged,
    complaints: () => logged.filter(({ level }) => level === 'warn' || level === 'error'),
    intercept: (handler) => void (intercept = handler),
    browser,
    async signIn(externalUserId, role = 'user') {
      const person = browser()
      await person.post('/auth/demo', { externalUserId, role })
      return person
    },
  }
}

/** The same server, whose secrets are known to the watch. */
function watch(server: Server): Server {
  return {
    ...server,
    async fetch(request, peer) {
      logWatch.addRequest(request)
      const response = await server.fetch(request, peer)
      logWatch.addResponse(response)
      return response
    },
  }
}
