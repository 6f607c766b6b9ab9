import { attacks } from './attack.ts'
import { CONFIRM, ownFruit } from './own-flow.ts'

const OPEN = 'mutation ($flowId: ID!) { openFlow(input: { flowId: $flowId }) { __typename } }'
const DISCONNECT = `mutation ($accountId: ID!) {
  disconnectAccount(input: { accountId: $accountId }) { __typename } }`
const RECONNECT = `mutation ($accountId: ID!) {
  createConnectToken(input: { accountId: $accountId }) { __typename } }`
const FLOW = 'query ($id: ID!) { flow(id: $id) { app status accountId heldAccountId } }'

const NOT_FOUND = { says: /"(AccountNotFound|FlowNotFound)"/ }
const NOTHING_DONE = { never: /"(ConfirmedConnection|DisconnectedAccount|ConnectToken)"/ }

export const flows = attacks('flows', [
  [
    'reading the victim’s flow',
    ({ ask, adaFlow }) => ask(FLOW, { id: adaFlow }),
    200,
    { says: /"flow":null/ },
  ],
  [
    'opening the victim’s flow',
    ({ ask, adaFlow }) => ask(OPEN, { flowId: adaFlow }),
    200,
    NOT_FOUND,
  ],
  [
    'opening the victim’s flow as an operator',
    ({ ask, operator, adaFlow }) => ask(OPEN, { flowId: adaFlow }, { as: operator }),
    200,
    NOT_FOUND,
  ],
  [
    'opening an own flow from another browser',
    async (arena) =>
      arena.ask(OPEN, await ownFruit(arena), {
        headers: { cookie: `session=${arena.mallory.cookies.get('session')}` },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'the victim’s browser, lured into opening for the attacker',
    async (arena) => arena.ask(OPEN, await ownFruit(arena), { as: arena.ada }),
    200,
    NOT_FOUND,
  ],
  [
    'opening ten times at once',
    async (arena) => {
      const { flowId } = await ownFruit(arena)
      return Promise.all(Array.from({ length: 10 }, () => arena.ask(OPEN, { flowId })))
    },
    200,
    { says: /"OpenedFlow"/, never: /"FlowClosed"/ },
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
])
