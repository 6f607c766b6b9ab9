// Measures what importing the built server entry point adds to a bare Node process: time and memory, against fixed limits.
import { execFileSync } from 'node:child_process'

const LONGEST_MS = 15
const LARGEST_MB = 5
const LEAST_RUNS = 15
const MOST_RUNS = 90

interface Cost {
  ms: number
  mb: number
}

const entryPoint = new URL('../dist/server.js', import.meta.url).href
const report =
  'process.stdout.write(JSON.stringify({ ms, mb: process.memoryUsage.rss() / 2 ** 20 }))'
const bare = `const ms = 0; ${report}`
const loaded = `const start = performance.now()
await import(${JSON.stringify(entryPoint)})
const ms = performance.now() - start
${report}`

// Alternates between the two, so that load on the machine affects both.
const runs: { bare: Cost; loaded: Cost }[] = []
// Load only adds time, so the fastest run is the best estimate of the import itself; a busy machine gets more runs. Memory varies
// in both directions, so its median counts.
const fastestMs = () => Math.min(...runs.map((run) => run.loaded.ms))
while (runs.length < LEAST_RUNS || (runs.length < MOST_RUNS && fastestMs() > LONGEST_MS)) {
  runs.push({ bare: measure(bare), loaded: measure(loaded) })
}
const ms = fastestMs()
const mb = median(runs.map((run) => run.loaded.mb)) - median(runs.map((run) => run.bare.mb))
console.log(
  `Importing the server entry point: ${ms.toFixed(1)} ms (at most ${LONGEST_MS}), ${mb.toFixed(1)} MB (at most ${LARGEST_MB}).`,
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
