// What importing the built server door costs above a bare Node, in fresh processes: the bounds that the README promises.
import { execFileSync } from 'node:child_process'

const LONGEST_MS = 15
const LARGEST_MB = 5
const LEAST_RUNS = 15
const MOST_RUNS = 90

interface Cost {
  ms: number
  mb: number
}

const door = new URL('../dist/server.js', import.meta.url).href
const report =
  'process.stdout.write(JSON.stringify({ ms, mb: process.memoryUsage.rss() / 2 ** 20 }))'
const bare = `const ms = 0; ${report}`
const open = `const start = performance.now()
await import(${JSON.stringify(door)})
const ms = performance.now() - start
${report}`

// Bare and opened by turns, so that a busy moment of the machine does not fall on one of them alone.
const runs: { bare: Cost; open: Cost }[] = []
// A busy machine only ever adds time, so the fastest run says what the import itself takes, and a machine that is busy all the
// while is given more of them; memory goes both ways.
const fastestMs = () => Math.min(...runs.map((run) => run.open.ms))
while (runs.length < LEAST_RUNS || (runs.length < MOST_RUNS && fastestMs() > LONGEST_MS)) {
  runs.push({ bare: measure(bare), open: measure(open) })
}
const ms = fastestMs()
const mb = median(runs.map((run) => run.open.mb)) - median(runs.map((run) => run.bare.mb))
console.log(
  `Importing the server door: ${ms.toFixed(1)} ms (at most ${LONGEST_MS}), ${mb.toFixed(1)} MB (at most ${LARGEST_MB}).`,
)
if (ms > LONGEST_MS || mb > LARGEST_MB) process.exitCode = 1

function measure(source: string): Cost {
  const flags = ['--input-type=module', '--eval', source]
  const cost: Cost = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }))
  return cost
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
