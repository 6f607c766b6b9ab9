import type { Slice } from './plan.ts'

interface Runner {
  name: string
  slices: readonly Slice[]
}

/** The client's transport should be this many times better than the official SDK, in calls per second and in CPU time. */
const GOAL = 8

/** Prints the results of the contenders, compared with the first one. */
export function printTable(title: string, runners: readonly Runner[]): void {
  const results = runners.map(({ name, slices }) => ({
    name,
    rate: median(slices.map(({ calls, ms }) => (calls / ms) * 1000)),
    cpu: median(slices.map(({ calls, cpuMs }) => cpuMs / calls)),
  }))
  const [base] = results
  if (base === undefined) return
  const rows = results.map(({ name, rate, cpu }) => [
    name,
    Math.round(rate).toLocaleString('en'),
    cpu.toFixed(4),
    `${(rate / base.rate).toFixed(1)} x`,
    `1/${(base.cpu / cpu).toFixed(1)}`,
  ])
  const head = [title, 'calls/s', 'CPU ms/call', 'calls/s', 'CPU']
  console.log()
  for (const row of [head, ...rows]) console.log(line(row))
  const last = results.at(-1) ?? base
  const isMet = last.rate >= GOAL * base.rate && last.cpu * GOAL <= base.cpu
  console.log(`Goal, ${GOAL} x the calls/s at 1/${GOAL} of the CPU: ${isMet ? 'met' : 'missed'}.`)
}

function line([name = '', ...numbers]: readonly string[]): string {
  return name.padEnd(22) + numbers.map((number) => number.padStart(13)).join('')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
