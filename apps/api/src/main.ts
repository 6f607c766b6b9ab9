import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config/read-config.ts'
import { readSettingsFiles } from './config/read-settings-files.ts'
import { LOCAL_FILE } from './config/setting-sources.ts'
import { type Running, start } from './start.ts'

const root = resolve(import.meta.dirname, '../../..')

// First, so that a signal during the start is handled too.
const isAskedToStop = waitForStop()

let running: Running | undefined
try {
  // `--settings` names files that take precedence over .env.local; `dev` uses one.
  const { values } = parseArgs({ options: { settings: { type: 'string', multiple: true } } })
  const { file, named } = await readSettingsFiles(join(root, LOCAL_FILE), values.settings ?? [])
  const defaults = { DATA_DIR: join(root, '.data') }
  const config = readConfig(process.env, { ...defaults, ...file.variables }, named)
  running = await start(config, join(root, 'apps/web/dist'), {
    // Like the environment, the named files take precedence over .env.local, and may decide where a secret is sent.
    sources: {
      env: Object.assign({}, ...named.map(({ variables }) => variables), process.env),
      file,
    },
    say: (line) => console.error(line),
  })
  console.log(banner(running, config))
  await isAskedToStop
  await running.close()
  process.exit(0)
} catch (error) {
  console.error(
    `\n${running === undefined ? 'Could not start.' : 'Could not stop cleanly.'}\n${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}

/** Resolves when the process is asked to stop, by a signal or by the end of the one that started it. */
function waitForStop(): Promise<void> {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  // More than one SIGTERM may come: a supervisor's own, and one that is passed on. The same goes for the end of the
  // channel to the process that started this one.
  process.on('SIGTERM', stop).on('disconnect', stop)
  // The first Ctrl-C may come just after a SIGTERM that was sent for it, so the second exits immediately.
  let wasInterrupted = false
  process.on('SIGINT', () => {
    if (wasInterrupted) process.exit(1)
    wasInterrupted = true
    stop()
  })
  return promise
}
