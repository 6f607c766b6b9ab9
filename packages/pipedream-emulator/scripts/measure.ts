// Measures start, throughput, paging, reset and memory: the figures in the README. Each part runs in its own process:
// `node scripts/measure.ts`, after `pnpm run build` for the compiled start.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createEmulator, type Emulator } from '../src/index.ts'
import { listen } from '../src/server/listen.ts'

const SELF = fileURLToPath(import.meta.url)
const SECONDS = 5
const IN_FLIGHT = 16
const ACCOUNTS = 100_000
const STARTS = 7
const TOKENS = '/v1/connect/proj_emulator/tokens'
const TOKEN_BODY = JSON.stringify({ external_user_id: 'ada' })

const PARTS: Record<string, () => void | Promise<void>> = {
  starts: measureStarts,
  'in-process': measureInProcess,
  port: measurePort,
  pages: measurePages,
  resets: measureResets,
}

const [part, ...args] = process.argv.slice(2)
if (part === 'load') await load(args[0] ?? '', args[1] ?? '')
else if (part !== undefined) await PARTS[part]?.()
else {
  for (const name of Object.keys(PARTS)) {
    execFileSync(process.execPath, ['--expose-gc', SELF, name], { stdio: 'inherit' })
  }
}

/**
 * From the start of the import to the first response, in fresh processes; and the whole process, including Node.js
 * itself.
 */
function measureStarts(): void {
  for (const entry of ['../dist/index.js', '../src/index.ts']) {
    const url = new URL(entry, import.meta.url)
    if (!existsSync(url)) {
      console.log(`start, ${entry.slice(3)}: not built`)
      continue
    }
    const source = `const start = performance.now()
const { createEmulator } = await import(${JSON.stringify(url.href)})
await createEmulator().fetch(new Request('http://localhost/v1/connect/apps'))
process.stdout.write(String(performance.now() - start))`
    const flags = ['--input-type=module', '--eval', source]
    const wholes: number[] = []
    const starts = Array.from({ length: STARTS }, () => {
      const start = performance.now()
      const ms = Number(execFileSync(process.execPath, flags, { encoding: 'utf8' }))
      wholes.push(performance.now() - start)
      return ms
    })
    console.log(
      `start, ${entry.slice(3)}: ${median(starts).toFixed(0)} ms from import to first response, ${median(wholes).toFixed(0)} ms with Node (median of ${STARTS})`,
    )
  }
}

async function measureInProcess(): Promise<void> {
  const emulator = createEmulator({ rateLimits: false })
  const headers = { authorization: `Bearer ${await newAccessToken(emulator)}` }
  const rate = await countPerSecond(async () => {
    const url = `http://localhost${TOKENS}`
    const response = await emulator.fetch(
      new Request(url, { method: 'POST', headers, body: TOKEN_BODY }),
    )
    if (response.status !== 200) throw new Error(`The status of a token is ${response.status}.`)
    await response.text()
  }, 1)
  console.log(`connect tokens, in process, one after the other: ${rate.toFixed(0)}/s`)
}

async function measurePort(): Promise<void> {
  const { url, emulator, close } = await listen({ port: 0, rateLimits: false })
  const client = spawn(process.execPath, [SELF, 'load', url, await newAccessToken(emulator)], {
    stdio: 'inherit',
  })
  const used = process.cpuUsage()
  await once(client, 'exit')
  const { user, system } = process.cpuUsage(used)
  console.log(`  the emulator's process took ${((user + system) / 1e6).toFixed(1)} s of one core`)
  await close()
}

/** The client process: a number of requests in flight over kept connections. */
async function load(url: string, accessToken: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  const { hostname, port } = new URL(url)
  const headers = { authorization: `Bearer ${accessToken}`, 'content-length': TOKEN_BODY.length }
  const rate = await countPerSecond(async () => {
    const sent = request({ agent, hostname, port, path: TOKENS, method: 'POST', headers })
    const responded = once(sent, 'response')
    sent.end(TOKEN_BODY)
    const [response] = await responded
    if (response.statusCode !== 200)
      throw new Error(`The status of a token is ${response.statusCode}.`)
    response.resume()
    await once(response, 'end')
  }, IN_FLIGHT)
  agent.destroy()
  console.log(`connect tokens, over a port, ${IN_FLIGHT} in flight: ${rate.toFixed(0)}/s`)
}

async function measurePages(): Promise<void> {
  const emulator = createEmulator({ rateLimits: false, seed: seedOf(ACCOUNTS) })
  const headers = { authorization: `Bearer ${await newAccessToken(emulator)}` }
  const before = heapAfterGc()
  let [peak, seen, after] = [0, 0, '']
  const start = performance.now()
  for (let pages = 1; ; pages += 1) {
    const url = `http://localhost/v1/connect/proj_emulator/accounts?limit=100${after}`
    const { data, page_info } = await (await emulator.fetch(new Request(url, { headers }))).json()
    seen += data.length
    if (pages % 100 === 0) peak = Math.max(peak, heapAfterGc())
    if (page_info.end_cursor === null) break
    after = `&after=${page_info.end_cursor}`
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${seen} accounts by pages of 100: ${seconds.toFixed(1)} s; heap ${mb(before)} before, at most ${mb(peak)} on the way, ${mb(heapAfterGc())} after`,
  )
}

async function measureResets(): Promise<void> {
  for (const accounts of [0, 20, 10_000, ACCOUNTS]) {
    const emulator = createEmulator({ seed: seedOf(accounts) })
    const times: number[] = []
    for (let round = 0; round < 20; round += 1) {
      await newAccessToken(emulator)
      const start = performance.now()
      emulator.reset()
      times.push(performance.now() - start)
    }
    console.log(
      `reset to ${accounts} accounts: ${median(times).toFixed(2)} ms (median), ${Math.max(...times).toFixed(2)} ms (longest of 20)`,
    )
  }
}

async function countPerSecond(once: () => Promise<void>, inFlight: number): Promise<number> {
  // Warms up the compiler.
  for (let warm = 0; warm < 2000; warm += 1) await once()
  let done = 0
  const start = performance.now()
  const until = start + SECONDS * 1000
  const work = async () => {
    while (performance.now() < until) {
      await once()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return done / ((performance.now() - start) / 1000)
}

function seedOf(accounts: number) {
  return {
    accounts: Array.from({ length: accounts }, (_, index) => ({
      externalUserId: `user-${index}`,
      app: 'google_sheets',
      environment: 'production' as const,
    })),
  }
}

async function newAccessToken({ fetch, credentials }: Emulator): Promise<string> {
  const body = JSON.stringify({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  })
  const response = await fetch(
    new Request('http://localhost/v1/oauth/token', { method: 'POST', body }),
  )
  const { access_token } = await response.json()
  return String(access_token)
}

function heapAfterGc(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

function mb(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
