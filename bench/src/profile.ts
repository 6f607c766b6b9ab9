// Shows where the gateway's CPU time goes. See PROFILE.md.
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type CpuProfile, type Place, readSelfTimes } from './measure/cpu-profile.ts'
import type { LoadResult } from './measure/load.ts'
import { ask, start, stop, stopAll } from './measure/processes.ts'
import { tableText } from './report.ts'
import { CONNECTIONS, OPERATIONS, startContender, startUpstream } from './suites/servers.ts'
import { forgetBuild } from './suites/start-gateway.ts'

const ROOT = join(import.meta.dirname, '../..')
const WARM_UP_MS = 5000
const LOAD_MS = 10_000
const ROWS = 25
const IDLE = '(idle)'

const { values, positionals } = parseArgs({
  options: { file: { type: 'string' } },
  allowPositionals: true,
})
const { file } = values
if (file === undefined) await profileGateway(positionals[0] ?? 'createConnectToken')
else print(await readProfile(file), { lastUs: Number.POSITIVE_INFINITY, requests: undefined })

async function profileGateway(given: string): Promise<void> {
  const operation = OPERATIONS.find((name) => name === given)
  if (operation === undefined) throw new Error(`Choose one of ${OPERATIONS.join(', ')}.`)
  const folder = await mkdtemp(join(tmpdir(), 'bench-profile-'))
  const execArgv = ['--cpu-prof', `--cpu-prof-dir=${folder}`]
  try {
    const upstream = await startUpstream()
    const { child: generator } = await start('measure/load.ts')
    const gateway = await startContender({
      name: 'gateway',
      operation,
      upstream,
      options: { fromSources: true, execArgv },
    })
    await ask(generator, { ...gateway.load, ms: WARM_UP_MS })
    const { requests, ms } = (await ask(generator, { ...gateway.load, ms: LOAD_MS })) as LoadResult
    await stop(gateway.child)
    const path = join(folder, await findMainThread(folder))
    console.log(`${operation}: ${requests} requests on ${CONNECTIONS} connections.\n${path}`)
    print(await readProfile(path), { lastUs: ms * 1000, requests })
  } finally {
    await stopAll()
    await forgetBuild()
  }
}

/** Finds the profile of the main thread, whose number is 0, as in `CPU.20261130.160000.4711.0.001.cpuprofile`. */
async function findMainThread(folder: string): Promise<string> {
  const found = (await readdir(folder)).find((name) => name.split('.').at(4) === '0')
  if (found === undefined) throw new Error(`There is no profile in ${folder}.`)
  return found
}

async function readProfile(path: string): Promise<CpuProfile> {
  return JSON.parse(await readFile(path, 'utf8')) as CpuProfile
}

interface Window {
  lastUs: number
  /** How many requests were answered in that time. */
  requests: number | undefined
}

function print(profile: CpuProfile, { lastUs, requests }: Window): void {
  const all = readSelfTimes(profile, { root: ROOT, lastUs })
  const busy = all.filter(({ place }) => place.group !== IDLE)
  for (const [title, keyOf] of [
    ['package or folder', ({ group }: Place) => group],
    ['file', ({ file: path }: Place) => path],
    ['function', ({ name }: Place) => name],
  ] as const) {
    console.log(`\n${toTable({ title, keyOf, busy, requests })}`)
  }
}

interface TableOptions {
  title: string
  keyOf: (place: Place) => string
  busy: readonly { place: Place; us: number }[]
  requests: number | undefined
}

function toTable({ title, keyOf, busy, requests }: TableOptions): string {
  const total = busy.reduce((sum, { us }) => sum + us, 0)
  const byKey = new Map<string, number>()
  for (const { place, us } of busy) {
    byKey.set(keyOf(place), (byKey.get(keyOf(place)) ?? 0) + us)
  }
  const rows = [...byKey, ['total', total] as const]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, ROWS)
    .map(([key, us]) => [
      key,
      `${((100 * us) / total).toFixed(1)} %`,
      requests === undefined ? (us / 1000).toFixed(0) : (us / requests).toFixed(1),
    ])
  const unit = requests === undefined ? 'self ms' : 'self µs/request'
  return tableText({ head: [title, 'share', unit], rows })
}
