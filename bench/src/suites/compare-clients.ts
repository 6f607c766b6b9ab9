import { CLIENTS, type Turn, type Workload, WORKLOADS } from '../client/plan.ts'
import { describeRounds } from '../measure/compare.ts'
import { ask, start, stop } from '../measure/processes.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { type Goal, type Section, spreadText } from '../report.ts'
import type { Machinery } from './machinery.ts'

const IN_FLIGHT = 64
const GOAL = 8

interface ClientResult {
  name: string
  rate: Spread
  cpuUs: Spread
}

/** Compares `pipedream-client` with the official SDK. */
export async function compareClients(machinery: Machinery): Promise<Section[]> {
  const sections: Section[] = []
  for (const workload of WORKLOADS) sections.push(await compareOn(workload, machinery))
  return sections
}

async function compareOn(workload: Workload, { upstream, rounds }: Machinery): Promise<Section> {
  console.log(` ${workload}`)
  const clients = await Promise.all(
    CLIENTS.map(async (name) => {
      const { child } = await start('client/contender.ts', { args: [name, workload, upstream.url] })
      return { name, child, turns: [] as Turn[] }
    }),
  )
  for (const { child } of clients) await ask(child, { ms: rounds.warmUpMs, inFlight: IN_FLIGHT })
  for (let round = 0; round < rounds.rounds; round += 1) {
    for (const { child, turns } of clients) {
      turns.push((await ask(child, { ms: rounds.ms, inFlight: IN_FLIGHT })) as Turn)
    }
  }
  await Promise.all(clients.map(({ child }) => stop(child)))
  const results = clients.map(({ name, turns }) => ({
    name,
    rate: spreadOf(turns.map(({ calls, ms }) => (calls / ms) * 1000)),
    cpuUs: spreadOf(turns.map(({ cpuMs, calls }) => (cpuMs / calls) * 1000)),
  }))
  return {
    title: `Client: ${workload}`,
    text: `${IN_FLIGHT} calls in flight. ${describeRounds(rounds)}`,
    table: {
      head: ['client', 'calls/s', 'CPU µs/call'],
      rows: results.map(({ name, rate, cpuUs }) => [name, spreadText(rate), spreadText(cpuUs)]),
    },
    plots: [],
    goals: goalsOf(workload, results),
  }
}

function goalsOf(workload: Workload, results: readonly ClientResult[]): Goal[] {
  const [sdk] = results
  const own = results.at(-1)
  if (!sdk || !own) return []
  const rate = own.rate.median / sdk.rate.median
  const cpu = sdk.cpuUs.median / own.cpuUs.median
  return [
    {
      name: `client, ${workload}, compared with the official SDK: calls/s`,
      goal: `≥ ${GOAL} times`,
      measured: rate.toFixed(1),
      isMet: rate >= GOAL,
    },
    {
      name: `client, ${workload}, compared with the official SDK: CPU for a call`,
      goal: `≤ 1/${GOAL}`,
      measured: `1/${cpu.toFixed(1)}`,
      isMet: cpu >= GOAL,
    },
  ]
}
