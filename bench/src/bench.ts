// Compares the official SDK, this client on the platform's fetch and this client on its own transport. Each contender and the
// server have their own process. The contenders take turns, so that a busy moment of the machine does not affect only one.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { CONTENDERS, IN_FLIGHT, type Slice, WORKLOADS } from './plan.ts'
import { printTable } from './print-table.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 7)

const children: ChildProcess[] = []
try {
  const server = start('stub-server.ts')
  const url = String(await tell(server))
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${IN_FLIGHT} calls in flight, median of ${ROUNDS} rounds.`,
  )
  for (const workload of WORKLOADS) await measure(workload, url)
} finally {
  for (const child of children) child.kill()
}

async function measure(workload: (typeof WORKLOADS)[number], url: string): Promise<void> {
  const runners = CONTENDERS.map((name) => ({
    name,
    child: start('contender.ts', name, workload, url),
    slices: [] as Slice[],
  }))
  for (const { child } of runners) await tell(child)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { child, slices } of runners) {
      child.send('run')
      slices.push(readSlice(await tell(child)))
    }
  }
  for (const { child } of runners) child.kill()
  printTable(workload, runners)
}

function start(file: string, ...args: string[]): ChildProcess {
  const child = fork(new URL(file, import.meta.url), args)
  children.push(child)
  return child
}

function readSlice(message: unknown): Slice {
  const isSlice = typeof message === 'object' && message !== null && 'calls' in message
  if (!isSlice) throw new Error('A process of the benchmark said something else than a result.')
  const { calls, ms, cpuMs } = { ms: 0, cpuMs: 0, ...message }
  return { calls: Number(calls), ms, cpuMs }
}

/** Resolves with the next message of a child process. */
function tell(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`A process of the benchmark ended early (${code}).`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
