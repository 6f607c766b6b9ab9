import { attacks } from './attack.ts'
import { CONFIRM, ownCreatedAccount } from './own-flow.ts'

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
    async (target) =>
      target.ask(OPEN, await ownCreatedAccount(target), {
        headers: { cookie: `session=${target.mallory.cookies.get('session')}` },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'the victim’s browser, lured into opening for the attacker',
    async (target) => target.ask(OPEN, await ownCreatedAccount(target), { as: target.ada }),
    200,
    NOT_FOUND,
  ],
  [
    'opening ten times concurrently',
    async (target) => {
      const { flowId } = await ownCreatedAccount(target)
      return Promise.all(Array.from({ length: 10 }, () => target.ask(OPEN, { flowId })))
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
    async (target) =>
      target.ask(CONFIRM, { ...(await ownCreatedAccount(target)), accountId: target.adaAccount }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming an own flow with an older account',
    async (target) =>
      target.ask(CONFIRM, {
        ...(await ownCreatedAccount(target)),
        accountId: target.malloryAccount,
      }),
    200,
    NOTHING_DONE,
  ],
  [
    'confirming an own flow with an unknown account',
    async (target) =>
      target.ask(CONFIRM, { ...(await ownCreatedAccount(target)), accountId: 'apn_0000000' }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming an own flow from another browser',
    async (target) =>
      target.ask(CONFIRM, await ownCreatedAccount(target), {
        headers: { cookie: `session=${target.mallory.cookies.get('session')}` },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'confirming an own flow with another browser’s cookie',
    async (target) =>
      target.ask(CONFIRM, await ownCreatedAccount(target), {
        headers: {
          cookie: `session=${target.mallory.cookies.get('session')}; browser=${'a'.repeat(43)}`,
        },
      }),
    200,
    { says: /"StartedElsewhere"/ },
  ],
  [
    'the victim’s browser, lured into confirming for the attacker',
    async (target) => target.ask(CONFIRM, await ownCreatedAccount(target), { as: target.ada }),
    200,
    NOT_FOUND,
  ],
  [
    'confirming twice with two accounts',
    async (target) => {
      const first = await ownCreatedAccount(target)
      const second = await ownCreatedAccount(target)
      await target.mallory.confirm(first.flowId, first.accountId)
      return target.ask(CONFIRM, { flowId: first.flowId, accountId: second.accountId })
    },
    200,
    { says: /"FlowClosed"/ },
  ],
  [
    'confirming two flows with one account',
    async (target) => {
      const first = await ownCreatedAccount(target)
      const second = await ownCreatedAccount(target)
      await target.mallory.confirm(first.flowId, first.accountId)
      return target.ask(CONFIRM, { flowId: second.flowId, accountId: first.accountId })
    },
    200,
    NOTHING_DONE,
  ],
  [
    'confirming ten times concurrently',
    async (target) => {
      const created = await ownCreatedAccount(target)
      return Promise.all(Array.from({ length: 10 }, () => target.ask(CONFIRM, created)))
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
    'disconnecting twice concurrently',
    async (target) => {
      const accountId = await target.mallory.connectOpenai()
      return Promise.all([1, 2].map(() => target.ask(DISCONNECT, { accountId })))
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
    async (target) =>
      target.ask(RECONNECT, { accountId: (await ownCreatedAccount(target)).accountId }),
    200,
  ],
])
