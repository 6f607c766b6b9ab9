// The gateway from its sources, without the limit of streams for one user, which no setting changes.
import { join } from 'node:path'
import { readConfig } from '../../../apps/api/src/config/read-config.ts'
import { LIVE_DEFAULTS } from '../../../apps/api/src/live/event-streams.ts'
import { start } from '../../../apps/api/src/start.ts'
import { reportTo } from './report.js'

LIVE_DEFAULTS.perUser = Number.POSITIVE_INFINITY
const web = join(import.meta.dirname, '../../../apps/web/dist')
const { port } = await start(readConfig(process.env), web)
reportTo({ url: `http://127.0.0.1:${port}` })
