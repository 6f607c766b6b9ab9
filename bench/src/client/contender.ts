// One client: gets ready, then calls for as long as the parent process asks.
import { createCall } from './create-call.ts'
import { CLIENTS, type Turn, WORKLOADS } from './plan.ts'

const [, , first, second, url = ''] = process.argv
const name = CLIENTS.find((client) => client === first)
const workload = WORKLOADS.find((work) => work === second)
if (name === undefined || workload === undefined) throw new Error('Start bench.ts instead.')
const call = await createCall(name, workload, url)
process.on('message', ({ ms, inFlight }: { ms: number; inFlight: number }) => {
  void callFor(ms, inFlight).then((turn) => process.send?.(turn))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function callFor(ms: number, inFlight: number): Promise<Turn> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  let calls = 0
  const worker = async () => {
    while (performance.now() - start < ms) {
      await call()
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  const { user, system } = process.cpuUsage(cpu)
  return { calls, ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}
