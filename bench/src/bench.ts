// Runs every comparison and writes RESULTS.md. See the README.
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'
import { join } from 'node:path'
import { start, stopAll } from './measure/processes.ts'
import { type Section, writeReport } from './report.ts'
import { compareClients } from './suites/compare-clients.ts'
import { compareServers } from './suites/compare-servers.ts'
import { startUpstream } from './suites/servers.ts'

const SUITES = { servers: compareServers, clients: compareClients }
const SUITE_NAMES = ['servers', 'clients'] as const

const rounds = {
  rounds: Number(process.env['ROUNDS'] ?? 5),
  ms: Number(process.env['ROUND_MS'] ?? 3000),
  warmUpMs: 4000,
}
const names = SUITE_NAMES.filter(
  (name) => process.argv.length < 3 || process.argv.includes(name, 2),
)

try {
  const [processor] = cpus()
  const before = loadavg()[0]?.toFixed(1)
  const upstream = await startUpstream()
  const { child: generator } = await start('measure/load.ts')
  const sections: Section[] = []
  for (const name of names) {
    console.log(`${name} ...`)
    sections.push(...(await SUITES[name]({ upstream, generator, rounds })))
  }
  const intro = [
    `Node ${process.version} on ${platform()} ${arch()}, ${availableParallelism()} cores (${processor?.model.trim()}).`,
    `Load of the machine before the run: ${before}. Medians of ${rounds.rounds} interleaved rounds of ${rounds.ms / 1000} s, with the least and the greatest in brackets.`,
    'The servers, the load generator and the stub of Pipedream share the cores. `npm start` in this folder writes this page.',
  ].join('\n')
  await writeReport(join(import.meta.dirname, '..'), intro, sections)
  for (const { name, goal, measured, isMet } of sections.flatMap(({ goals }) => goals)) {
    console.log(`${isMet ? 'met   ' : 'missed'} ${name}: ${measured} (${goal})`)
  }
} finally {
  stopAll()
}
