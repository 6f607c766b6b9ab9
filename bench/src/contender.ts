// One contender: prepares, then runs for a while each time the parent process requests it.
import { createCall } from './create-call.ts'
import { CONTENDERS, IN_FLIGHT, type Slice, WORKLOADS } from './plan.ts'

const SLICE_MS = 1000
const WARM_UP_MS = 2000

const [, , first, second, url = ''] = process.argv
const name = CONTENDERS.find((contender) => contender === first)
const workload = WORKLOADS.find((work) => work === second)
if (name === undefined || workload === undefined) throw new Error('Start bench.ts instead.')
const call = await createCall(name, workload, url)
await runFor(WARM_UP_MS)
process.on('message', () => {
  void runFor(SLICE_MS).then((slice) => process.send?.(slice))
})
process.send?.('ready')

async function runFor(ms: number): Promise<Slice> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  let calls = 0
  const worker = async () => {
    while (performance.now() - start < ms) {
      await call()
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  const { user, system } = process.cpuUsage(cpu)
  return { calls, ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}
