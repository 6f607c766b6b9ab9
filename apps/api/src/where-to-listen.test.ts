import { expect, test } from 'vitest'
import { readConfig } from './config/read-config.ts'
import { whereToListen } from './where-to-listen.ts'

const PROJECT = {
  PIPEDREAM_CLIENT_ID: 'emulator-client',
  PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
  PIPEDREAM_PROJECT_ID: 'proj_emulator',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
}
const PUBLIC_URL = 'https://app.example'

test.each([
  [{}, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT }, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT, DEMO_SIGN_IN: 'on' }, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL: 'http://127.0.0.1:80' }, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL: 'http://gw.localhost:3000' }, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL: 'http://[::1]:3000' }, 'loopback', 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL: 'http://127.0.0.2:3000' }, { host: '127.0.0.2' }, 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL }, 'everywhere', 'PUBLIC_URL'],
  [{ ...PROJECT, PUBLIC_URL, TRUST_PROXY: '1' }, 'loopback', 'TRUST_PROXY'],
  [{ ...PROJECT, PUBLIC_URL, TRUST_PROXY: '1,10.0.0.0/8' }, 'loopback', 'TRUST_PROXY'],
  [{ ...PROJECT, PUBLIC_URL, TRUST_PROXY: '1', HOST: '0.0.0.0' }, { host: '0.0.0.0' }, 'HOST'],
  [{ ...PROJECT, PUBLIC_URL, HOST: 'localhost' }, 'loopback', 'HOST'],
  [{ HOST: '::' }, { host: '::' }, 'HOST'],
])('with %j it listens at %j', (settings, where, reason) => {
  expect(whereToListen(readConfig(settings))).toMatchObject({
    where,
    why: expect.stringContaining(reason),
  })
})
