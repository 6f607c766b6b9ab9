// Builds the web app when its sources have changed, and starts the gateway with it, in this process.
import { buildWeb } from './build-web.ts'

// The gateway has its own handlers once it runs; until then these end a build that is under way.
const SIGNALS = ['SIGTERM', 'SIGINT', 'disconnect'] as const
const building = new AbortController()
const stop = () => building.abort()

for (const signal of SIGNALS) process.once(signal, stop)
if (!(await buildWeb(building.signal))) process.exit(1)
for (const signal of SIGNALS) process.off(signal, stop)

await import('../apps/api/src/main.ts')
