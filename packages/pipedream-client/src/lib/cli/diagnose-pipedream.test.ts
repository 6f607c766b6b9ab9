import { createEmulator } from 'pipedream-emulator'
import { expect, test } from 'vitest'
import { CREDENTIALS } from '../../../test/run-cli.ts'
import { diagnosePipedream, parseEnvFile } from '../../node.ts'

/** The findings about these settings that are not `ok`, at an emulator. */
async function diagnose(env: Record<string, string> = {}, file?: string) {
  const emulator = createEmulator()
  const findings = await diagnosePipedream({
    env: { ...CREDENTIALS, ...env },
    file:
      file === undefined ? undefined : parseEnvFile(new TextEncoder().encode(file), '.env.local'),
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  })
  return findings.filter(({ status }) => status === 'problem')
}

test('valid settings are no problem, also with spaces around them', async () => {
  expect(await diagnose()).toEqual([])
  expect(await diagnose({ PIPEDREAM_PROJECT_ID: ' proj_emulator ' })).toEqual([])
})

test.each([
  ['PIPEDREAM_CLIENT_SECRET', 'not-the-secret', 'credentials'],
  ['PIPEDREAM_PROJECT_ID', 'proj_other', 'project'],
  ['PIPEDREAM_PROJECT_ENVIRONMENT', 'staging', 'configuration'],
])('an invalid %s is a problem with a fix', async (name, value, check) => {
  const problems = await diagnose({ [name]: value })
  expect(problems).toEqual([
    { check, status: 'problem', what: expect.any(String), fix: expect.stringMatching(/\.$/) },
  ])
  expect(JSON.stringify(problems)).not.toContain('not-the-secret')
})

test('a setting of the environment that overrides the file is reported', async () => {
  const [problem] = await diagnose(
    { PIPEDREAM_PROJECT_ID: 'proj_other' },
    'PIPEDREAM_PROJECT_ID=proj_emulator',
  )
  expect(problem?.fix).toContain('.env.local')
})

test('no response is a problem of reachability', async () => {
  const cause = Object.assign(new Error('no'), { code: 'ECONNREFUSED' })
  const findings = await diagnosePipedream({
    env: CREDENTIALS,
    fetch: () => Promise.reject(cause),
  })
  expect(findings.filter(({ status }) => status === 'problem')).toMatchObject([
    { check: 'reachability' },
  ])
})
