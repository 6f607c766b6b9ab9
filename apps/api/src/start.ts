import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { diagnosePipedream, type EnvFile } from 'pipedream-client/node'
import { createPipedreamClient, type FetchLike } from 'pipedream-client/server'
import { createVerifyJwt } from './auth/verify-jwt.ts'
import type { Config } from './config/read-config.ts'
import { listen } from './http/listen.ts'
import { openLimits } from './http/open-limits.ts'
import { isLoopbackUrl, readSite } from './http/site.ts'
import { readWebFiles } from './http/web-files.ts'
import { createLog, type Logger } from './observability/log.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { noTracing, observeUpstream, type Tracing } from './observability/observe.ts'
import type { TraceCollector } from './observability/trace-exporter.ts'
import { createOutgoing, type Outgoing } from './pipedream/outgoing.ts'
import { openUpstream, type Upstream } from './pipedream/upstream.ts'
import { type ProjectWatch, watchProject } from './pipedream/watch-project.ts'
import { repeat } from './repeat.ts'
import { createServer, type Server } from './server.ts'
import { openDatabase } from './store/open-database.ts'

/** What runs, and how to stop all of it. */
export interface Running {
  /** Where browsers reach us; may have a path. */
  publicUrl: string
  /** The port that we listen on; a proxy in front may give `publicUrl` another. */
  port: number
  /** Where the embedded emulator listens; undefined: the real Pipedream serves. */
  emulatorUrl: string | undefined
  /** Whether anybody may sign in under any name. */
  demoSignIn: boolean
  close(): Promise<void>
}

/** How the project at Pipedream is checked, and who hears of it. */
export interface ProjectCheck {
  /** What `config` was read from. */
  sources: { env: Readonly<Record<string, string | undefined>>; file: EnvFile }
  /** Writes a line to the terminal. */
  say: (line: string) => void
}

/**
 * Starts the gateway, with the emulator when nothing of the real Pipedream is configured. A real project is checked in the
 * background when `check` is given.
 */
export async function start(
  config: Config,
  webFolder: string,
  check?: ProjectCheck,
): Promise<Running> {
  const isLocal = config.publicUrl === undefined || isLoopbackUrl(new URL(config.publicUrl))
  const listener = await listen(config.port, whereToListen(config, isLocal))
  const publicUrl = config.publicUrl ?? `http://localhost:${listener.port}`
  const { logLevel, traces, shutdownNoticeMs, shutdownTimeoutMs } = config.operator
  const log = createLog(undefined, logLevel)
  const metrics = createMetrics({ ofProcess: true })
  const outgoing = openOutgoing(config)
  const tracing = await traceTo(traces, outgoing)
  const observers = { log, metrics, tracing }
  const transport = observeUpstream(outgoing.transport, observers)
  const upstream = await openUpstream(config, { transport, fetch: outgoing.fetch, publicUrl })
  const demoSignIn = isLocal && config.pipedream?.projectEnvironment !== 'production'
  const { emulatorUrl } = upstream
  const unencrypted = config.unencrypted.map((message) => ({ check: 'origins' as const, message }))
  let project: ProjectWatch | undefined
  const server = await makeServer(config, {
    ...observers,
    projectWarnings: () => [...unencrypted, ...(project?.warnings() ?? [])],
    publicUrl,
    upstream,
    outgoing,
    demoSignIn,
    webFolder,
  })
  listener.serve(server)
  if (emulatorUrl === undefined && check) project = watch(check, transport)
  const stopReconciling = repeat(() => server.reconcile(), {
    pauseMs: config.reconcileIntervalMs,
    onError: (err) => log.error({ err }, 'Reconciling broke off; it is tried again'),
  })
  return {
    publicUrl,
    port: listener.port,
    emulatorUrl,
    demoSignIn,
    async close() {
      server.drain()
      project?.stop()
      await setTimeout(shutdownNoticeMs)
      const giveUp = setTimeout(shutdownTimeoutMs, undefined, { ref: false })
      await Promise.all([
        listener.close(shutdownTimeoutMs),
        Promise.race([stopReconciling(), giveUp]),
      ])
      await Promise.all([upstream.close(), server.close(), tracing.close()])
      outgoing.close()
    },
  }
}

function whereToListen({ host }: Config, isLocal: boolean): Parameters<typeof listen>[1] {
  if (host === undefined) return isLocal ? 'loopback' : 'everywhere'
  return host === 'localhost' ? 'loopback' : { host }
}

// The embedded emulator needs no proxy, so one that we cannot use does not keep it from starting.
function openOutgoing({ pipedream, auth, operator, proxies }: Config): Outgoing {
  try {
    return createOutgoing(proxies)
  } catch (error) {
    if (pipedream ?? auth ?? operator.traces) throw error
    return createOutgoing({})
  }
}

// Only when somebody collects traces, for it is a lot to load.
async function traceTo(
  collector: TraceCollector | undefined,
  { fetch }: Outgoing,
): Promise<Tracing> {
  if (collector === undefined) return noTracing
  const { openTracing } = await import('./observability/open-tracing.ts')
  return openTracing(collector, fetch)
}

function watch({ sources, say }: ProjectCheck, fetch: FetchLike): ProjectWatch {
  return watchProject({ diagnose: () => diagnosePipedream({ ...sources, fetch }), say })
}

interface Surroundings {
  log: Logger
  metrics: Metrics
  tracing: Tracing
  publicUrl: string
  upstream: Upstream
  outgoing: Outgoing
  demoSignIn: boolean
  projectWarnings: ProjectWatch['warnings']
  webFolder: string
}

async function makeServer(config: Config, surroundings: Surroundings): Promise<Server> {
  const { log, metrics, tracing, publicUrl, upstream, outgoing, demoSignIn, webFolder } =
    surroundings
  const { origin, basePath } = readSite(publicUrl)
  const { testUserId, quickApps } = config
  return createServer({
    pipedream: createPipedreamClient(upstream.options),
    database: await openDatabase(config.database.location, { ...config.database, log }),
    log,
    metrics,
    metricsTokenHash: config.operator.metricsTokenHash,
    tracing,
    breaker: upstream.breaker,
    projectWarnings: surroundings.projectWarnings,
    publicUrl,
    connectTokens: {
      allowedOrigins: [...new Set([origin, ...config.allowedOrigins])],
      scope: config.connectTokenScope,
      connectUrl: upstream.connectUrl,
      // What runs on this machine reaches us here; Pipedream does not.
      hasWebhooks: !isLoopbackUrl(new URL(publicUrl)) || isNear(upstream),
    },
    demoSignIn,
    restTokens: config.restTokens,
    limits: await openLimits(config, webFolder),
    serviceKeyHash: config.serviceKeyHash,
    verifyJwt: config.auth && createVerifyJwt(config.auth, outgoing),
    webFiles: existsSync(webFolder)
      ? await readWebFiles(webFolder, { basePath, testUserId, quickApps })
      : undefined,
  })
}

function isNear({ options }: Upstream): boolean {
  return options.baseUrl !== undefined && isLoopbackUrl(new URL(options.baseUrl))
}
