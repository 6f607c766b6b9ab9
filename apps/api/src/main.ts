import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { readSettingsFiles } from './read-settings-files.ts'
import { start } from './start.ts'

const root = resolve(import.meta.dirname, '../../..')

try {
  // `--settings` names files that go before .env.local, as for development.
  const { values } = parseArgs({ options: { settings: { type: 'string', multiple: true } } })
  const file = await readSettingsFiles([join(root, '.env.local'), ...(values.settings ?? [])])
  const config = readConfig(process.env, { DATA_DIR: join(root, '.data'), ...file.variables })
  const running = await start(config, join(root, 'apps/web/dist'), {
    sources: { env: process.env, file },
    say: (line) => console.error(line),
  })
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
