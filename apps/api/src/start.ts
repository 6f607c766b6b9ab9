import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import {
  diagnosePipedream,
  type EnvFile,
  isLoopback,
  isLoopbackInBrowsers,
} from 'pipedream-client/node'
import { createPipedreamClient, type FetchLike } from 'pipedream-client/server'
import type { DemoAccess } from './auth/demo-sign-in.ts'
import { createStartCode } from './auth/start-code.ts'
import { createVerifyJwt } from './auth/verify-jwt.ts'
import type { Config } from './config/read-config.ts'
import { listen } from './http/listen.ts'
import { readSite } from './http/site.ts'
import { readWebFiles } from './http/web-files.ts'
import { createLog, type Logger } from './observability/log.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { noTracing, observeUpstream, type Tracing } from './observability/observe.ts'
import type { TraceCollector } from './observability/trace-exporter.ts'
import { type Limits, openLimits } from './open-limits.ts'
import { createOutgoing, type Outgoing } from './pipedream/outgoing.ts'
import { withUpstreamBudget } from './pipedream/upstream-budget.ts'
import { openUpstream, type Upstream } from './pipedream/upstream.ts'
import { createUpstreamClock } from './pipedream/upstream-clock.ts'
import { type ProjectWatch, watchProject } from './pipedream/watch-project.ts'
import { repeat } from './repeat.ts'
import { createServer, type Server } from './server.ts'
import { BEAT_MS } from './store/heartbeat.ts'
import { openDatabase } from './store/open-database.ts'
import { type Listening, whereToListen } from './where-to-listen.ts'

const MAINTENANCE_MS = 15_000

/** A running gateway. */
export interface Running {
  /** Where browsers reach the gateway; may have a path. */
  publicUrl: string
  /** The port it listens on. With a proxy in front, `publicUrl` may have a different one. */
  port: number
  /** URL of the embedded emulator; undefined with a configured Pipedream project. */
  emulatorUrl: string | undefined
  /** Where it listens, and why there. */
  listening: Listening
  /** Sign-in with any name; undefined: off. */
  demoSignIn: DemoAccess | undefined
  close(): Promise<void>
}

/** How the project at Pipedream is checked. */
export interface ProjectCheck {
  /** The sources of `config`. */
  sources: { env: Readonly<Record<string, string | undefined>>; file: EnvFile }
  /** Writes a line to the terminal. */
  say: (line: string) => void
}

/**
 * Starts the gateway, with the embedded emulator if no Pipedream project is configured. With `check`, a configured project
 * is checked in the background.
 */
export async function start(
  config: Config,
  webFolder: string,
  check?: ProjectCheck,
): Promise<Running> {
  const listening = whereToListen(config)
  const listener = await listen(config.port, listening.where)
  const publicUrl = config.publicUrl ?? `http://localhost:${listener.port}`
  const { logLevel, traces, shutdownNoticeMs, shutdownTimeoutMs } = config.operator
  const log = createLog(undefined, logLevel)
  const metrics = createMetrics({ ofProcess: true })
  const outgoing = openOutgoing(config)
  const tracing = await traceTo(traces, outgoing)
  const observers = { log, metrics, tracing }
  const clock = createUpstreamClock(observeUpstream(outgoing.transport, observers), observers)
  const transport = clock.fetch
  const upstream = await openUpstream(config, { transport, fetch: outgoing.fetch, publicUrl })
  const demoSignIn = demoAccess(config)
  const { emulatorUrl } = upstream
  const unencrypted = config.unencrypted.map((message) => ({ check: 'origins' as const, message }))
  let project: ProjectWatch | undefined
  const server = await makeServer(config, {
    ...observers,
    projectWarnings: () => [...unencrypted, ...clock.warnings(), ...(project?.warnings() ?? [])],
    publicUrl,
    upstream,
    outgoing,
    demoSignIn,
    webFolder,
  })
  listener.serve(server)
  log.info(
    { port: listener.port, on: listening.on },
    `Listening on ${listening.on}, because ${listening.why}`,
  )
  if (emulatorUrl === undefined && check) project = watch(check, transport)
  const stopJobs = runJobs(server, config, log)
  return {
    publicUrl,
    port: listener.port,
    emulatorUrl,
    listening,
    demoSignIn,
    async close() {
      server.drain()
      project?.stop()
      await setTimeout(shutdownNoticeMs)
      const giveUp = setTimeout(shutdownTimeoutMs, undefined, { ref: false })
      await Promise.all([listener.close(shutdownTimeoutMs), Promise.race([stopJobs(), giveUp])])
      await Promise.all([upstream.close(), server.close(), tracing.close()])
      outgoing.close()
    },
  }
}

/** Starts what runs again and again. Returns a function that stops it and waits for what is running. */
function runJobs(server: Server, config: Config, log: Logger): () => Promise<void> {
  const stops = [
    repeat(() => server.beat(), {
      pauseMs: BEAT_MS,
      onError: (err) =>
        log.warn({ err }, 'Cannot record that the gateway runs; it will be retried'),
    }),
    repeat(() => server.maintain(), {
      pauseMs: MAINTENANCE_MS,
      onError: (err) => log.error({ err }, 'Cannot maintain the event log; it will be retried'),
    }),
    repeat(() => server.reconcile(), {
      pauseMs: config.reconcileIntervalMs,
      onError: (err) => log.error({ err }, 'Reconciliation failed; it will be retried'),
    }),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

function demoAccess({ demoSignIn }: Config): DemoAccess | undefined {
  if (demoSignIn === 'coded') return { startCode: createStartCode() }
  return demoSignIn === 'open' ? {} : undefined
}

// The embedded emulator needs no proxy, so an unusable proxy setting does not prevent its start.
function openOutgoing({ pipedream, auth, operator, proxies }: Config): Outgoing {
  try {
    return createOutgoing(proxies)
  } catch (error) {
    if (pipedream ?? auth ?? operator.traces) throw error
    return createOutgoing({})
  }
}

// Loaded only if traces are collected, because it is large.
async function traceTo(
  collector: TraceCollector | undefined,
  { fetch }: Outgoing,
): Promise<Tracing> {
  if (collector === undefined) return noTracing
  const { openTracing } = await import('./observability/open-tracing.ts')
  return openTracing(collector, fetch)
}

function watch({ sources, say }: ProjectCheck, fetch: FetchLike): ProjectWatch {
  return watchProject({
    async diagnose() {
      const findings = await diagnosePipedream({ ...sources, fetch })
      // Every response measures the clock, so this finding would only repeat the warning.
      return findings.filter(({ check }) => check !== 'clock')
    },
    say,
  })
}

interface Surroundings {
  log: Logger
  metrics: Metrics
  tracing: Tracing
  publicUrl: string
  upstream: Upstream
  outgoing: Outgoing
  demoSignIn: DemoAccess | undefined
  projectWarnings: ProjectWatch['warnings']
  webFolder: string
}

async function makeServer(config: Config, surroundings: Surroundings): Promise<Server> {
  const { log, metrics, tracing, publicUrl, upstream, outgoing, demoSignIn, webFolder } =
    surroundings
  const { origin, basePath } = readSite(publicUrl)
  const { testUserId, quickApps, demoSignIn: signIn } = config
  const limits = await openLimits(config, webFolder)
  return createServer({
    pipedream: createPipedreamClient(withBudget(upstream, limits)),
    database: await openDatabase(config.database.location, { ...config.database, log }),
    log,
    metrics,
    eventsKeptMs: config.database.eventsKeptMs,
    metricsTokenHash: config.operator.metricsTokenHash,
    openMetrics: config.openMetrics,
    tracing,
    breaker: upstream.breaker,
    projectWarnings: surroundings.projectWarnings,
    publicUrl,
    connectTokens: {
      allowedOrigins: [...new Set([origin, ...config.allowedOrigins])],
      scope: config.connectTokenScope,
      connectUrl: upstream.connectUrl,
      // An emulator on this machine reaches a local address; Pipedream does not.
      hasWebhooks: !isLoopbackInBrowsers(new URL(publicUrl)) || isNear(upstream),
    },
    demoSignIn,
    restTokens: config.restTokens,
    limits,
    serviceKeyHash: config.serviceKeyHash,
    verifyJwt: config.auth && createVerifyJwt(config.auth, outgoing),
    webFiles: existsSync(webFolder)
      ? await readWebFiles(webFolder, { basePath, testUserId, quickApps, signIn })
      : undefined,
  })
}

// The embedded emulator has no limits that one user could use up.
function withBudget({ options, emulatorUrl }: Upstream, { rates }: Limits): Upstream['options'] {
  if (emulatorUrl !== undefined || !options.fetch) return options
  return { ...options, fetch: withUpstreamBudget(options.fetch, rates) }
}

function isNear({ options }: Upstream): boolean {
  return options.baseUrl !== undefined && isLoopback(new URL(options.baseUrl))
}
