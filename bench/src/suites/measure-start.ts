import { setTimeout } from 'node:timers/promises'
import { ask, stop } from '../measure/processes.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { atMost, type Goal, type Section, spreadText } from '../report.ts'
import type { Usage } from '../server/serve.ts'
import type { Machinery } from './machinery.ts'
import { type ServerName, SERVERS, startServer, TITLES, type Upstream } from './servers.ts'

const IDLE_MS = 1000
const LISTENING_MS = 400
const IDLE_MB = 90

interface Start {
  spawnMs: number
  /** Undefined for the peers. */
  importMs: number | undefined
  idleMb: number
}

/** Measures the start of each server, and its memory before the first request. */
export async function measureStarts({ upstream, rounds }: Machinery): Promise<Section[]> {
  const all = SERVERS.map((name) => ({ name, starts: [] as Start[] }))
  for (let round = 0; round < rounds.rounds; round += 1) {
    for (const { name, starts } of all) starts.push(await measureStart(name, upstream))
    console.log(`  round ${round + 1} of ${rounds.rounds}`)
  }
  return [toSection(all, rounds.rounds)]
}

async function measureStart(name: ServerName, upstream: Upstream): Promise<Start> {
  const began = performance.now()
  const { child, importMs } = await startServer(name, upstream)
  const spawnMs = performance.now() - began
  await setTimeout(IDLE_MS)
  const { rssBytes } = (await ask(child, 'usage')) as Usage
  await stop(child)
  return { spawnMs, importMs, idleMb: rssBytes / 1e6 }
}

interface Measured {
  name: ServerName
  starts: Start[]
}

function toSection(all: readonly Measured[], rounds: number): Section {
  return {
    title: 'Start and idle memory',
    text: `From the start of the process, and from the import of the gateway's first module, until it listens; resident memory ${IDLE_MS / 1000} s later. By then the gateway has migrated an empty SQLite database, checked its project at the stub of Pipedream and answered one health check; it runs without the emulator. Medians of ${rounds} starts in turn.`,
    table: {
      head: ['server', 'from spawn ms', 'from import ms', 'idle RSS MB'],
      rows: all.map(({ name, starts }) => [
        TITLES[name],
        spreadText(spreadOf(starts.map(({ spawnMs }) => spawnMs))),
        name === 'gateway' ? spreadText(spreadOfImports(starts)) : '',
        spreadText(spreadOf(starts.map(({ idleMb }) => idleMb))),
      ]),
    },
    plots: [],
    goals: all.flatMap(({ name, starts }) => (name === 'gateway' ? goalsOf(starts) : [])),
  }
}

function spreadOfImports(starts: readonly Start[]): Spread {
  return spreadOf(starts.map(({ importMs }) => importMs ?? Number.NaN))
}

function goalsOf(starts: readonly Start[]): Goal[] {
  const importMs = spreadOfImports(starts).median
  const idleMb = spreadOf(starts.map((start) => start.idleMb)).median
  return [
    atMost({ name: 'from import to listening', limit: LISTENING_MS, measured: importMs }, 'ms'),
    atMost({ name: 'idle memory (RSS)', limit: IDLE_MB, measured: idleMb }, 'MB'),
  ]
}
