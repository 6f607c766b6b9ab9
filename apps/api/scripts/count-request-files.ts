// Counts the files and functions of this repository that one warm `createConnectToken` runs on the server, from the
// socket to the response: `node scripts/count-request-files.ts`; `--list` also names them. The emulator is left out.
import { mkdtemp, rm } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseSetCookie } from 'cookie'
import { readConfig } from '../src/config/read-config.ts'
import { start } from '../src/start.ts'

const ROOT = join(import.meta.dirname, '../../..')
const COUNTED = /^(apps\/api\/src|packages\/pipedream-client\/(src|dist))\//
const OPERATION = `mutation { createConnectToken(input: { app: "slack" }) {
  __typename ... on ConnectToken { token expiresAt connectLinkUrl flow { id status } } } }`

const folder = await mkdtemp(join(tmpdir(), 'count-request-files-'))
const config = readConfig({ PORT: '0', EMULATOR_PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' })
const running = await start(config, join(ROOT, 'apps/web/dist'))

const cookies = new Map<string, string>()
await post('/auth/demo', { externalUserId: 'ada' })
for (let count = 0; count < 3; count += 1) await post('/graphql', { query: OPERATION })
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

/** Sends JSON with the cookies of one browser, and keeps those that come back. */
async function post(path: string, json: unknown): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(`${running.publicUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(json),
  })
  for (const line of response.headers.getSetCookie()) {
    const { name, value } = parseSetCookie(line)
    if (value) cookies.set(name, value)
    else cookies.delete(name)
  }
  return response
}
