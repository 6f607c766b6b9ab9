// Counts the files and functions of this repository that one warm `createConnectToken` runs on the server, from the
// socket to the response: `node scripts/count-request-files.ts`; `--list` also names them. The emulator is left out.
import { mkdtemp, rm } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../src/config/read-config.ts'
import { start } from '../src/start.ts'

const ROOT = join(import.meta.dirname, '../../..')
const COUNTED = /^(apps\/api\/src|packages\/pipedream-client\/(src|dist))\//
const OPERATION = `mutation { createConnectToken(input: { app: "slack" }) {
  __typename ... on ConnectToken { token expiresAt connectLinkUrl flow { id status } } } }`

const folder = await mkdtemp(join(tmpdir(), 'count-request-files-'))
const config = readConfig({ PORT: '0', EMULATOR_PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' })
const running = await start(config, join(ROOT, 'apps/web/dist'))

let cookie = ''
const signedIn = await post('/auth/demo', { externalUserId: 'ada' })
cookie = cookiesOf(signedIn)
for (let count = 0; count < 3; count += 1) {
  const response = await post('/graphql', { query: OPERATION })
  cookie = [cookie, cookiesOf(response)].filter(Boolean).join('; ')
}
// Work that a response does not wait for must not be counted with the next request.
await setTimeout(500)

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
const response = await post('/graphql', { query: OPERATION })
const body = await response.text()
const { result } = await session.post('Profiler.takePreciseCoverage')
if (!body.includes('"ConnectToken"')) throw new Error(`The request failed: ${body}`)

const files = new Map<string, string[]>()
for (const { url, functions } of result) {
  const file = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : ''
  const ran = functions.filter(({ ranges }) => ranges[0]?.count)
  if (COUNTED.test(file) && ran.length > 0) {
    files.set(
      file,
      ran.map(({ functionName }) => functionName),
    )
  }
}
const names = [...files.values()].flat()
if (process.argv.includes('--list')) {
  for (const [file, functions] of [...files].toSorted(([one], [other]) =>
    one.localeCompare(other),
  )) {
    console.log(`${file}: ${functions.map((name) => name || '(anonymous)').join(', ')}`)
  }
}
console.log(`${files.size} files, ${names.length} functions`)

await running.close()
await rm(folder, { recursive: true })
process.exit(0)

function post(path: string, json: unknown): Promise<Response> {
  return fetch(`${running.publicUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(json),
  })
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}
