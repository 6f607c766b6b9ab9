import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { start } from './start.ts'

const root = resolve(import.meta.dirname, '../../..')

try {
  const config = readConfig({ DATA_DIR: join(root, '.data'), ...readEnvFile(), ...process.env })
  const running = await start(config, join(root, 'apps/web/dist'))
  console.log(banner(running, config))
  let isStopping = false
  const stop = () => {
    // Whoever asks twice does not want to wait.
    if (isStopping) process.exit(1)
    isStopping = true
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('Not everything could be closed.', error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
} catch (error) {
  console.error(`\nCould not start.\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

function readEnvFile(): NodeJS.Dict<string> {
  const file = join(root, '.env.local')
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}
