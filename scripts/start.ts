// Builds the web app when its sources have changed, and starts the gateway with it, in this process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const building = spawn(
  'turbo',
  ['run', 'build', '--filter=web', '--output-logs=errors-only', '--log-order=grouped'],
  { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
)
const stop = () => building.kill('SIGTERM')
for (const signal of ['SIGTERM', 'disconnect'] as const) process.once(signal, stop)
const [code] = await once(building, 'exit')
if (code !== 0) process.exit(code ?? 143)
for (const signal of ['SIGTERM', 'disconnect'] as const) process.off(signal, stop)

await import('../apps/api/src/main.ts')
