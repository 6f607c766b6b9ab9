import { expect, test } from 'vitest'
import { readConfig } from './config/read-config.ts'
import { openLimits } from './open-limits.ts'

const PROJECT = {
  PIPEDREAM_CLIENT_ID: 'id',
  PIPEDREAM_CLIENT_SECRET: 'secret',
  PIPEDREAM_PROJECT_ID: 'proj_1',
}
const open = (environment: Record<string, string>) =>
  openLimits(readConfig(environment), '/no/such/folder')

test.each([
  ['the emulator', {}, false],
  ['a development project', { ...PROJECT, PIPEDREAM_PROJECT_ENVIRONMENT: 'development' }, false],
  ['a production project', { ...PROJECT, PIPEDREAM_PROJECT_ENVIRONMENT: 'production' }, true],
])('with %s: whether only the page’s operations run', async (_what, environment, only) => {
  const { trustedDocuments, introspection } = await open(environment)
  expect(trustedDocuments.only).toBe(only)
  expect(introspection).toBe(!only)
})

test('each switch can be set apart from the project', async () => {
  const production = { ...PROJECT, PIPEDREAM_PROJECT_ENVIRONMENT: 'production' }
  const opened = await open({ ...production, TRUSTED_DOCUMENTS: 'off', INTROSPECTION: 'on' })
  expect(opened).toMatchObject({ trustedDocuments: { only: false }, introspection: true })
  const closed = await open({ TRUSTED_DOCUMENTS: 'on', INTROSPECTION: 'off' })
  expect(closed).toMatchObject({ trustedDocuments: { only: true }, introspection: false })
})

test('each limit can be set, and a rate can be switched off', () => {
  const { limits } = readConfig({
    LIMIT_DEPTH: '5',
    LIMIT_BODY_SECONDS: '3',
    RATE_LIMIT_USER: 'off',
    RATE_LIMIT_ADDRESS: '7',
    TRUST_PROXY: '2',
  })
  expect(limits.operations.depth).toBe(5)
  expect(limits.body.timeoutMs).toBe(3000)
  expect(limits.rates).toMatchObject({ person: undefined, address: 7 })
  expect(limits.trustedProxies).toEqual({ hops: 2, peers: [] })
})

test.each([
  ['LIMIT_DEPTH', '0'],
  ['LIMIT_COST', '1.5'],
  ['LIMIT_BODY_BYTES', 'lots'],
  ['RATE_LIMIT_ADDRESS', '0'],
  ['RATE_LIMIT_SERVICE', 'none'],
  ['TRUST_PROXY', 'all'],
  ['TRUSTED_DOCUMENTS', 'yes'],
  ['INTROSPECTION', '1'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be`))
})
