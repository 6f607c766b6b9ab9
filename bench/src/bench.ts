// Runs the suites that the arguments name, and writes their results into RESULTS.md. See the README.
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'
import { join } from 'node:path'
import { start, stopAll } from './measure/processes.ts'
import type { Goal } from './report.ts'
import { saveResults } from './results.ts'
import { DEFAULT_SUITES, SUITES, type SuiteName } from './suites/index.ts'
import { startUpstream } from './suites/servers.ts'
import { forgetBuild } from './suites/start-gateway.ts'

const rounds = {
  rounds: Number(process.env['ROUNDS'] ?? 5),
  ms: Number(process.env['ROUND_MS'] ?? 3000),
  warmUpMs: Number(process.env['WARM_UP_MS'] ?? 4000),
}
const names = process.argv.length < 3 ? DEFAULT_SUITES : process.argv.slice(2).map(asSuite)
const conditions = describeConditions()
console.log(conditions)
const goals: Goal[] = []

try {
  const upstream = await startUpstream()
  const { child: generator } = await start('measure/load.ts')
  for (const name of names) {
    console.log(`\n${SUITES[name].title}`)
    const sections = await SUITES[name].run({ upstream, generator, rounds })
    await saveResults(join(import.meta.dirname, '..'), { name, conditions, sections })
    goals.push(...sections.flatMap((section) => section.goals))
  }
  console.log('')
  for (const { name, goal, measured, isMet } of goals) {
    console.log(`${isMet ? 'met   ' : 'missed'} ${name}: ${measured} (${goal})`)
  }
} finally {
  await stopAll()
  await forgetBuild()
}

function asSuite(given: string): SuiteName {
  const all = Object.keys(SUITES) as SuiteName[]
  const name = all.find((one) => one === given)
  if (name === undefined) throw new Error(`There is no suite "${given}", only ${all.join(', ')}.`)
  return name
}

function describeConditions(): string {
  const [processor] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  const before = loadavg()[0]?.toFixed(1)
  return [
    `${date}, Node ${process.version} on ${platform()} ${arch()}, ${availableParallelism()} cores (${processor?.model.trim()}).`,
    `Load of the machine before the run: ${before}.`,
  ].join(' ')
}
