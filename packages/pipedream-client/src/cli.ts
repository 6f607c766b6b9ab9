#!/usr/bin/env node
import { runProcess } from './lib/cli/run-process.ts'

await runProcess({
  program: 'pipedream-client',
  manifest: new URL('../package.json', import.meta.url),
})
