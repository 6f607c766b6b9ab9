import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createProxy } from '../fixtures/create-proxy.ts'
import { type GatewayProcess, ownUrlIn, startGateway } from '../fixtures/gateway-process.ts'

/** One run of the process. */
interface Life {
  isKilled: boolean
  gateway: GatewayProcess
}

interface Fuse {
  things: number
  ofAnswers: boolean
}

export interface KilledGateway {
  /** Where it is reached, whichever process serves. */
  url: string
  /** Starts a process; answers when it serves. */
  start(): Promise<Life>
  /** Starts a process and kills it once so many things have happened, at the latest when it serves. */
  startInVain(things: number): Promise<void>
  /** Lets everybody who waits in `ask` go on with this process. */
  open(life: Life): void
  /** Kills the process once so many things have happened; if only answers count, just when somebody has been told. */
  killAfter(life: Life, fuse: Fuse): Promise<void>
  /** Something happened outside of the gateway that only it can have caused. */
  happened(): void
  /** Asks until there is an answer: what was under way when the process was killed is asked again in its next life. */
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
  let fuse: Fuse | undefined
  let burnDown: (() => void) | undefined
  let current = Promise.withResolvers<Life>()

  // Requests, answers, and with SQLite every write to its files: never a time, so that a slow machine is killed at the
  // same places as a fast one.
  function revoke(isAnswer: boolean): void {
    if (!fuse || (fuse.ofAnswers && !isAnswer)) return
    fuse.things -= 1
    if (fuse.things <= 0) burnDown?.()
  }
  const happened = () => revoke(false)

  const proxy = await createProxy([], { onTraffic: (what) => revoke(what === 'answer') })
  const isFile = !/^postgres(ql)?:/.test(location)
  const database: Record<string, string> = isFile
    ? { DATA_DIR: dirname(location) }
    : { DATABASE_URL: location }
  if (isFile) {
    const watcher = watch(dirname(location), happened)
    onTestFinished(() => watcher.close())
  }

  const burnt = (lit: Fuse) =>
    new Promise<void>((resolve) => {
      burnDown = resolve
      fuse = { ...lit }
    })

  async function begin(): Promise<Life> {
    proxy.targets.splice(0)
    const all = { PUBLIC_URL: proxy.url, ...settings, ...database }
    return { isKilled: false, gateway: await startGateway(all) }
  }

  async function kill(life: Life): Promise<void> {
    fuse = undefined
    life.isKilled = true
    life.gateway.child.kill('SIGKILL')
    expect(await life.gateway.exit).toEqual([null, 'SIGKILL'])
  }

  return {
    url: proxy.url,
    happened,
    async start() {
      const life = await begin()
      proxy.targets.push(ownUrlIn(await life.gateway.banner))
      return life
    },
    async startInVain(things) {
      const life = await begin()
      await Promise.race([burnt({ things, ofAnswers: false }), life.gateway.banner])
      await kill(life)
    },
    open: (life) => current.resolve(life),
    async killAfter(life, lit) {
      await Promise.race([burnt(lit), failIfItEnds(life)])
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
  throw new Error(`The gateway ended by itself: ${exit.join(' ')}\n${stderr}`)
}
