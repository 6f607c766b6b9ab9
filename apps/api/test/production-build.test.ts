import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { unsetSettings } from '../../../scripts/unset-settings.ts'
import { buildGateway } from '../scripts/build.ts'

// As docs/operating.md says.
const NODE_OPTIONS = ['--max-semi-space-size=8', '--heap-growing-percent=50']

/** Resolves with what `read` finds in the output of a program. */
async function find(output: NodeJS.ReadableStream, read: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const found = read.exec(text)?.[1]
    if (found !== undefined) return found
  }
  throw new Error(`The gateway has ended:\n${text}`)
}

test('the production build needs no packages', async () => {
  // Outside the repository, where Node finds no package.
  const folder = await mkdtemp(join(tmpdir(), 'api-production-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const dist = join(folder, 'apps/api/dist')
  await buildGateway(dist)
  const child = spawn(process.execPath, [...NODE_OPTIONS, join(dist, 'main.js')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...unsetSettings(),
      PATH: process.env.PATH,
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'silent',
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await find(child.stdout, /App and API\s+(http:\/\/localhost:\d+)/)

  const signedIn = await fetch(`${url}/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ externalUserId: 'ada' }),
  })
  const [cookie = ''] = signedIn.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  const query =
    'mutation { createConnectToken(input: { app: "slack" }) { ... on ConnectToken { token } } }'
  const created = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query }),
  })
  expect(await created.text()).toMatch(/"token":"ctok_/)
  const graphiql = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })
  expect(await graphiql.text()).toContain('GraphiQL')
})
