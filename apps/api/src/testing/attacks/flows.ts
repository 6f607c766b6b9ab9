import type { Arena } from './arena.ts'
import { attacks } from './attack.ts'

const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) { __typename } }`
const DISCONNECT = `mutation ($accountId: ID!) {
  disconnectAccount(input: { accountId: $accountId }) { __typename } }`
const RECONNECT = `mutation ($accountId: ID!) {
  createConnectToken(input: { accountId: $accountId }) { __typename } }`
const FLOW = 'query ($id: ID!) { flow(id: $id) { app status accountId } }'

const NOT_FOUND = { says: /"(AccountNotFound|FlowNotFound)"/ }
const NOTHING_DONE = { never: /"(ConfirmedConnection|DisconnectedAccount|ConnectToken)"/ }
const PLAIN = { 'content-type': 'application/json' }

/** A flow of the attacker, with the account that it made. */
async function ownFruit({ mallory }: Arena) {
  const { token, flowId } = await mallory.startConnecting('openai')
  return { flowId, accountId: await mallory.typeKey(token, 'openai') }
}

/** The addresses that Pipedream was given for a new flow of the attacker. */
async function ownAddresses(arena: Arena) {
  const { flowId } = await arena.mallory.startConnecting('openai')
  const { webhookUri = '', finishUri = '' } = arena.lastAddresses()
  return { flowId, webhook: new URL(webhookUri).pathname, finish: new URL(finishUri).pathname }
}

const webhook = (body: unknown) => async (arena: Arena) => {
  const { webhook: path } = await ownAddresses(arena)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return arena.send(path, { method: 'POST', headers: PLAIN, body: text })
}

const success = (id: string, userId = 'mallory') => ({
  event: 'CONNECTION_SUCCESS',
  connect_token: `ctok_${'0'.repeat(32)}`,
  environment: 'development',
  connect_session_id: 1,
  account: {
    id,
    name: null,
    external_id: userId,
    healthy: true,
    dead: null,
    app: {
      id: 'app_1',
      name_slug: 'openai',
      name: 'OpenAI',
      auth_type: 'keys',
      img_src: 'https://example.com/openai.png',
      custom_fields_json: '[]',
      categories: [],
    },
    created_at: '2026-03-25T17:49:15.000Z',
    updated_at: '2026-03-25T17:49:15.000Z',
  },
})

export const flows = attacks('flows', [
  [
    'reading the victim’s flow',
    ({ ask, adaFlow }) => ask(FLOW, { id: adaFlow }),
    200,
    { says: /"flow":null/ },
  ],
  [
    'confirming the victim’s flow with an own account',
    ({ ask, adaFlow, malloryAccount }) =>
      ask(CONFIRM, { flowId: adaFlow, accountId: malloryAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming the victim’s flow with the victim’s account',
    ({ ask, adaFlow, adaAccount }) => ask(CONFIRM, { flowId: adaFlow, accountId: adaAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming the victim’s flow as a service',
    ({ ask, serviceKey, adaFlow, adaAccount }) =>
      ask(
        CONFIRM,
        { flowId: adaFlow, accountId: adaAccount },
        { headers: { authorization: `Bearer ${serviceKey}` } },
      ),
    200,
    NOT_FOUND,
  ],
  [
    'confirming the victim’s flow as an operator',
    ({ ask, operator, adaFlow, adaAccount }) =>
      ask(CONFIRM, { flowId: adaFlow, accountId: adaAccount }, { as: operator }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming an own flow with the victim’s account',
    async (arena) =>
      arena.ask(CONFIRM, { ...(await ownFruit(arena)), accountId: arena.adaAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming an own flow with an older account',
    async (arena) =>
      arena.ask(CONFIRM, { ...(await ownFruit(arena)), accountId: arena.malloryAccount }),
    200,
    NOTHING_DONE,
  ],
  [
    'confirming an own flow with an account of nobody',
    async (arena) => arena.ask(CONFIRM, { ...(await ownFruit(arena)), accountId: 'apn_0000000' }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming an own flow from another browser',
    async (arena) =>
      arena.ask(CONFIRM, await ownFruit(arena), {
        headers: { cookie: `session=${arena.mallory.cookies.get('session')}` },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'confirming an own flow with another browser’s cookie',
    async (arena) =>
      arena.ask(CONFIRM, await ownFruit(arena), {
        headers: {
          cookie: `session=${arena.mallory.cookies.get('session')}; browser=${'a'.repeat(43)}`,
        },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'the victim’s browser, lured into confirming for the attacker',
    async (arena) => arena.ask(CONFIRM, await ownFruit(arena), { as: arena.ada }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming twice with two accounts',
    async (arena) => {
      const first = await ownFruit(arena)
      const second = await ownFruit(arena)
      await arena.mallory.confirm(first.flowId, first.accountId)
      return arena.ask(CONFIRM, { flowId: first.flowId, accountId: second.accountId })
    },
    200,
    { says: /"FlowClosed"/ },
  ],
  [
    'confirming two flows with one account',
    async (arena) => {
      const first = await ownFruit(arena)
      const second = await ownFruit(arena)
      await arena.mallory.confirm(first.flowId, first.accountId)
      return arena.ask(CONFIRM, { flowId: second.flowId, accountId: first.accountId })
    },
    200,
    NOTHING_DONE,
  ],
  [
    'confirming ten times at once',
    async (arena) => {
      const fruit = await ownFruit(arena)
      return Promise.all(Array.from({ length: 10 }, () => arena.ask(CONFIRM, fruit)))
    },
    200,
    { says: /"ConfirmedConnection"/, never: /"(FlowClosed|AccountMismatch)"/ },
  ],
  [
    'disconnecting the victim’s account',
    ({ ask, adaAccount }) => ask(DISCONNECT, { accountId: adaAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'disconnecting the victim’s account as an operator',
    ({ ask, operator, adaAccount }) => ask(DISCONNECT, { accountId: adaAccount }, { as: operator }),
    200,
    NOT_FOUND,
  ],
  [
    'disconnecting twice at once',
    async (arena) => {
      const accountId = await arena.mallory.connectOpenai()
      return Promise.all([1, 2].map(() => arena.ask(DISCONNECT, { accountId })))
    },
    200,
  ],
  [
    'reconnecting the victim’s account',
    ({ ask, adaAccount }) => ask(RECONNECT, { accountId: adaAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'reconnecting the victim’s account as a service for the attacker',
    ({ ask, serviceKey, adaAccount }) =>
      ask(
        'mutation ($accountId: ID!) { createConnectToken(input: { accountId: $accountId, externalUserId: "mallory" }) { __typename } }',
        { accountId: adaAccount },
        { headers: { authorization: `Bearer ${serviceKey}` } },
      ),
    200,
    NOT_FOUND,
  ],
  [
    'reconnecting an account that is held',
    async (arena) => arena.ask(RECONNECT, { accountId: (await ownFruit(arena)).accountId }),
    200,
  ],
  [
    'a webhook that names the victim’s account',
    async (arena) => webhook(success(arena.adaAccount))(arena),
    [200, 204],
  ],
  [
    'a webhook that names the victim',
    async (arena) => webhook(success(arena.adaAccount, 'ada'))(arena),
    [200, 204],
  ],
  ['a webhook that names an account of nobody', webhook(success('apn_0000000')), [200, 204]],
  ['a webhook whose account is a path', webhook(success('../users/ada')), [200, 204, 400]],
  ['a webhook that is not JSON', webhook('account=apn_1'), 400],
  ['a webhook of nothing', webhook(''), 400],
  ['a webhook of null', webhook('null'), 400],
  ['a webhook of lists within lists', webhook('['.repeat(20_000)), 400],
  ['a webhook of __proto__', webhook('{"__proto__":{"event":"CONNECTION_SUCCESS"}}'), 400],
  ['a webhook that is too large', webhook(' '.repeat(200_000)), 413],
  [
    'a webhook that is told fifty times',
    async (arena) => {
      const { webhook: path } = await ownAddresses(arena)
      const body = JSON.stringify(success(arena.malloryAccount))
      return Promise.all(
        Array.from({ length: 50 }, () =>
          arena.send(path, { method: 'POST', headers: PLAIN, body }),
        ),
      )
    },
    [200, 204],
  ],
  [
    'a webhook to a flow that is not there',
    ({ send, adaAccount }) =>
      send(`/webhooks/pipedream/${'a'.repeat(43)}`, {
        method: 'POST',
        headers: PLAIN,
        body: JSON.stringify(success(adaAccount)),
      }),
    404,
  ],
  [
    'a webhook to the victim’s flow by its id',
    ({ send, adaFlow, adaAccount }) =>
      send(`/webhooks/pipedream/${adaFlow}`, {
        method: 'POST',
        headers: PLAIN,
        body: JSON.stringify(success(adaAccount)),
      }),
    404,
  ],
  [
    'a webhook from another site’s page',
    async (arena) =>
      arena.send((await ownAddresses(arena)).webhook, {
        method: 'POST',
        headers: { ...PLAIN, origin: 'https://evil.example' },
        body: '{}',
      }),
    403,
  ],
  [
    'a webhook to a path upwards',
    ({ send }) =>
      send('/webhooks/pipedream/../../graphql', { method: 'POST', headers: PLAIN, body: '{}' }),
    [400, 404],
  ],
  [
    'a webhook to an empty secret',
    ({ send }) => send('/webhooks/pipedream/', { method: 'POST', headers: PLAIN, body: '{}' }),
    404,
  ],
  [
    'a webhook to a secret of ten thousand letters',
    ({ send }) =>
      send(`/webhooks/pipedream/${'a'.repeat(10_000)}`, {
        method: 'POST',
        headers: PLAIN,
        body: '{}',
      }),
    404,
  ],
  [
    'a webhook by GET',
    async (arena) => arena.send((await ownAddresses(arena)).webhook),
    [404, 405],
  ],
  [
    'finishing a flow that is not there',
    ({ send }) => send(`/connect/finish/${'a'.repeat(43)}`),
    404,
  ],
  [
    'finishing the victim’s flow by its id',
    ({ send, mallory, adaFlow }) => send(`/connect/finish/${adaFlow}`, { as: mallory }),
    404,
  ],
  [
    'finishing with a quote and a comment',
    ({ send }) => send("/connect/finish/'%20or%201=1--"),
    404,
  ],
  [
    'finishing with a script',
    ({ send }) => send('/connect/finish/%3Cscript%3Ealert(1)%3C%2Fscript%3E'),
    404,
    { never: /<script/ },
  ],
  [
    'finishing with broken percent code',
    ({ send }) => send('/connect/finish/%E0%A4%A'),
    [400, 404],
  ],
  ['finishing with a NUL', ({ send }) => send('/connect/finish/%00'), [400, 404]],
  [
    'finishing towards another site',
    async (arena) =>
      arena.send(
        `${(await ownAddresses(arena)).finish}?redirect=https://evil.example&next=//evil.example`,
        { as: arena.mallory },
      ),
    303,
    { never: /evil/ },
  ],
  [
    'the victim’s browser, lured into finishing for the attacker',
    async (arena) => arena.send((await ownAddresses(arena)).finish, { as: arena.ada }),
    403,
  ],
  [
    'confirming after another browser was lured',
    async (arena) => {
      const { flowId, finish } = await ownAddresses(arena)
      await arena.send(finish, { as: arena.ada })
      return arena.ask(CONFIRM, { flowId, accountId: arena.malloryAccount })
    },
    200,
    { says: /"FlowClosed"/ },
  ],
  [
    'finishing a hundred times',
    async (arena) => {
      const { finish } = await ownAddresses(arena)
      return Promise.all(
        Array.from({ length: 100 }, () => arena.send(finish, { as: arena.mallory })),
      )
    },
    [303, 403],
  ],
  [
    'finishing by POST',
    async (arena) =>
      arena.send((await ownAddresses(arena)).finish, {
        method: 'POST',
        as: arena.mallory,
        headers: PLAIN,
        body: '{}',
      }),
    [404, 405],
  ],
])
