import type { ChildProcess } from 'node:child_process'
import type { Usage } from '../server/serve.ts'
import type { Load, LoadResult } from './load.ts'
import { ask } from './processes.ts'
import { type Spread, spreadOf } from './statistics.ts'

/** A process that answers a load. */
export interface Contender {
  name: string
  /** Its name for readers. */
  title: string
  child: ChildProcess
  load: Omit<Load, 'ms'>
}

/** The measurements of a contender, over all rounds. */
export interface Result {
  name: string
  title: string
  requestsPerSecond: Spread
  /** CPU time of the contender's process for a request, user and system, in microseconds. */
  cpuUs: Spread
  /** Latencies, in milliseconds. */
  p50: Spread
  p99: Spread
  /** The most memory of the contender's process in each round, in megabytes. */
  rssMb: Spread
  failures: number
}

export interface Rounds {
  rounds: number
  /** Length of a round, in milliseconds. */
  ms: number
  warmUpMs: number
}

/** What a table of results contains, for readers. */
export function describeRounds({ rounds, ms }: Rounds): string {
  return `Medians of ${rounds} interleaved rounds of ${ms / 1000} s, with the least and the greatest in brackets.`
}

interface Round extends LoadResult {
  cpuMs: number
  peakRssBytes: number
}

/** Loads the contenders in turn, round by round, so that a busy moment of the machine does not affect only one. */
export async function compare(
  contenders: readonly Contender[],
  generator: ChildProcess,
  { rounds, ms, warmUpMs }: Rounds,
): Promise<Result[]> {
  const all = contenders.map((contender) => ({ contender, measured: [] as Round[] }))
  for (const contender of contenders) await measure(contender, generator, warmUpMs)
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, measured } of all) {
      measured.push(await measure(contender, generator, ms))
    }
    console.log(`  round ${round + 1} of ${rounds}`)
  }
  return all.map(({ contender, measured }) => summarize(contender, measured))
}

async function measure(
  { child, load }: Contender,
  generator: ChildProcess,
  ms: number,
): Promise<Round> {
  const before = await usageOf(child)
  const result = (await ask(generator, { ...load, ms })) as LoadResult
  const after = await usageOf(child)
  return { ...result, cpuMs: after.cpuMs - before.cpuMs, peakRssBytes: after.peakRssBytes }
}

export async function usageOf(child: ChildProcess): Promise<Usage> {
  return (await ask(child, 'usage')) as Usage
}

function summarize({ name, title }: Contender, rounds: readonly Round[]): Result {
  const spread = (read: (round: Round) => number) => spreadOf(rounds.map(read))
  return {
    name,
    title,
    requestsPerSecond: spread(({ requests, ms }) => (requests / ms) * 1000),
    cpuUs: spread(({ cpuMs, requests }) => (cpuMs / requests) * 1000),
    p50: spread(({ p50 }) => p50),
    p99: spread(({ p99 }) => p99),
    rssMb: spread(({ peakRssBytes }) => peakRssBytes / 1e6),
    failures: rounds.reduce((total, { failures }) => total + failures, 0),
  }
}
