import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createProxy } from '../fixtures/create-proxy.ts'
import { codeIn, type GatewayProcess, ownUrlIn, startGateway } from '../fixtures/gateway-process.ts'

/** One run of the process. */
interface Life {
  isKilled: boolean
  gateway: GatewayProcess
}

/** When to kill a process. */
interface KillPoint {
  /** After how many events. */
  events: number
  /** Whether only responses count as events. */
  ofResponses: boolean
}

export interface KilledGateway {
  /** Its URL, the same for every process. */
  url: string
  /** Starts a process. Resolves when it serves. */
  start(): Promise<Life>
  /** Starts a process and kills it after so many events, at the latest when it serves. */
  failToStart(events: number): Promise<void>
  /** Lets all requests that wait in `ask` continue with this process. */
  open(life: Life): void
  /** Kills the process at this point. */
  killAfter(life: Life, killPoint: KillPoint): Promise<void>
  /** Returns the code for demo sign-in at the current process, which must be open. */
  startCode(): Promise<string>
  /** Counts an event outside of the gateway that only it can have caused. */
  happened(): void
  /** Runs a request until it gets a response: a request that was running when the process was killed is repeated in its next life. */
  ask<Result>(run: (attempt: number) => Promise<Result>): Promise<Result>
}

interface KilledGatewayOptions {
  /** File of SQLite or URL of PostgreSQL. */
  location: string
  settings: Record<string, string>
}

/** A gateway that is killed and started again; a proxy in front keeps its address. */
export async function createKilledGateway({
  location,
  settings,
}: KilledGatewayOptions): Promise<KilledGateway> {
  let killPoint: KillPoint | undefined
  let trigger: (() => void) | undefined
  let current = Promise.withResolvers<Life>()

  // Counts requests, responses and, with SQLite, writes to its files. Never time, so that the kill points do not depend on
  // the speed of the machine.
  function count(isResponse: boolean): void {
    if (!killPoint || (killPoint.ofResponses && !isResponse)) return
    killPoint.events -= 1
    if (killPoint.events <= 0) trigger?.()
  }
  const happened = () => count(false)

  const proxy = await createProxy([], { onTraffic: (what) => count(what === 'answer') })
  const isFile = !/^postgres(ql)?:/.test(location)
  const database: Record<string, string> = isFile
    ? { DATA_DIR: dirname(location) }
    : { DATABASE_URL: location }
  if (isFile) {
    const watcher = watch(dirname(location), happened)
    onTestFinished(() => watcher.close())
  }

  const afterCount = (point: KillPoint) =>
    new Promise<void>((resolve) => {
      trigger = resolve
      killPoint = { ...point }
    })

  async function startProcess(): Promise<Life> {
    proxy.targets.splice(0)
    const all = { PUBLIC_URL: proxy.url, ...settings, ...database }
    return { isKilled: false, gateway: await startGateway(all) }
  }

  async function kill(life: Life): Promise<void> {
    killPoint = undefined
    life.isKilled = true
    life.gateway.child.kill('SIGKILL')
    expect(await life.gateway.exit).toEqual([null, 'SIGKILL'])
  }

  return {
    url: proxy.url,
    happened,
    async start() {
      const life = await startProcess()
      proxy.targets.push(ownUrlIn(await life.gateway.banner))
      return life
    },
    async failToStart(events) {
      const life = await startProcess()
      await Promise.race([afterCount({ events, ofResponses: false }), life.gateway.banner])
      await kill(life)
    },
    open: (life) => current.resolve(life),
    startCode: async () => codeIn(await (await current.promise).gateway.banner),
    async killAfter(life, point) {
      await Promise.race([afterCount(point), failIfItEnds(life)])
      current = Promise.withResolvers()
      await kill(life)
    },
    async ask(run) {
      for (let attempt = 1; ; attempt += 1) {
        const life = await current.promise
        try {
          return await run(attempt)
        } catch (error) {
          if (!life.isKilled) throw error
        }
      }
    },
  }
}

async function failIfItEnds({ gateway }: Life): Promise<void> {
  const [exit, stderr] = await Promise.all([gateway.exit, gateway.stderr])
  throw new Error(`The gateway exited: ${exit.join(' ')}\n${stderr}`)
}
