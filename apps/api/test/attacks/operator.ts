import type { Target } from './create-target.ts'
import { attacks } from './attack.ts'

const FLOWS = `{ operator { __typename ... on Operator { flows { ... on OperatorFlowConnection {
  nodes { id externalUserId events { id } } } } } } }`
const EVENTS = `{ operator { __typename ... on Operator { events { ... on OperatorEventConnection {
  nodes { id externalUserId requestId } } } } } }`
const FIGURES = `{ operator { __typename ... on Operator {
  statistics { ... on FlowStatistics { counts { started } } }
  upstreamLatency { operation } health { database { isUp } } } } }`
const PLAN = `mutation { planDisconnection(input: { externalUserId: "ada" }) {
  __typename ... on DisconnectionPlan { confirmation accounts { id } } } }`
const RUN = `mutation ($confirmation: String!) {
  runDisconnection(input: { externalUserId: "ada", confirmation: $confirmation }) { __typename } }`
const FOLLOW = `subscription { operatorEvents(after: "0") {
  __typename ... on OperatorEvent { id externalUserId } } }`

const NOT_ALLOWED = { says: /"NotAllowed"/, never: /"ada"|"nodes"|"started"|apn_|isUp/ }
const NOT_SIGNED_IN = { ...NOT_ALLOWED, says: /"NotSignedIn"/ }

const asUser = (query: string) => (target: Target) => target.ask(query)
const asService =
  (query: string, variables = {}) =>
  ({ ask, serviceKey }: Target) =>
    ask(query, variables, { headers: { authorization: `Bearer ${serviceKey}` } })
const asAnonymous = (query: string) => (target: Target) =>
  target.ask(query, {}, { as: target.gateway.browser() })

const EVENT_STREAM = { headers: { accept: 'text/event-stream' } }

async function planOf({ operator }: Target): Promise<string> {
  const { confirmation } = await operator.field(PLAN)
  return String(confirmation)
}

export const operator = attacks('operator', [
  ['a user who lists all users’ flows', asUser(FLOWS), 200, NOT_ALLOWED],
  ['a user who lists all users’ events', asUser(EVENTS), 200, NOT_ALLOWED],
  ['a user who reads the figures', asUser(FIGURES), 200, NOT_ALLOWED],
  ['a user who plans to disconnect the victim', asUser(PLAN), 200, NOT_ALLOWED],
  [
    'a user who runs an operator’s plan',
    async (target) => target.ask(RUN, { confirmation: await planOf(target) }),
    200,
    NOT_ALLOWED,
  ],
  [
    'a user who subscribes to all users’ events',
    ({ ask }) => ask(FOLLOW, {}, EVENT_STREAM),
    200,
    NOT_ALLOWED,
  ],
  [
    'a user who subscribes to all users’ events from the first, with the header',
    ({ ask }) => ask(FOLLOW, {}, { headers: { ...EVENT_STREAM.headers, 'last-event-id': '0' } }),
    200,
    NOT_ALLOWED,
  ],
  [
    'a user whose JWT says operator in the wrong place',
    async ({ ask, issuer }) =>
      ask(
        FLOWS,
        {},
        {
          headers: {
            authorization: `Bearer ${await issuer.sign({ sub: 'mallory', roles: ['operator'], kind: 'operator' })}`,
          },
        },
      ),
    200,
    NOT_ALLOWED,
  ],
  ['a service that lists all users’ flows', asService(FLOWS), 200, NOT_ALLOWED],
  ['a service that lists all users’ events', asService(EVENTS), 200, NOT_ALLOWED],
  ['a service that reads the figures', asService(FIGURES), 200, NOT_ALLOWED],
  ['a service that plans to disconnect', asService(PLAN), 200, NOT_ALLOWED],
  [
    'a service that runs an operator’s plan',
    async (target) => asService(RUN, { confirmation: await planOf(target) })(target),
    200,
    NOT_ALLOWED,
  ],
  [
    'a service that subscribes to all users’ events',
    ({ ask, serviceKey }) =>
      ask(
        FOLLOW,
        {},
        { headers: { ...EVENT_STREAM.headers, authorization: `Bearer ${serviceKey}` } },
      ),
    200,
    NOT_ALLOWED,
  ],
  ['an anonymous request for all users’ flows', asAnonymous(FLOWS), 200, NOT_SIGNED_IN],
  ['an anonymous request for a plan', asAnonymous(PLAN), 200, NOT_SIGNED_IN],
  [
    'an operator’s plan, run by an operator with SQL for the confirmation',
    ({ ask, operator: as }) => ask(RUN, { confirmation: "' or '1'='1" }, { as }),
    200,
    { says: /"PlanChanged"/ },
  ],
  [
    'an operator’s search of SQL',
    ({ ask, operator: as }) =>
      ask(
        'query ($search: String) { operator { ... on Operator { flows(search: $search) { ... on OperatorFlowConnection { nodes { id } } } } } }',
        { search: "%' or substr(id, 1, 8) like '%" },
        { as },
      ),
    200,
    { says: /"nodes":\[\]/ },
  ],
  [
    'an operator’s list of a million flows',
    ({ ask, operator: as }) =>
      ask('{ operator { ... on Operator { flows(first: 1000000) { __typename } } } }', {}, { as }),
    200,
    { says: /"InvalidInput"/ },
  ],
  [
    'an operator’s statistics of all time',
    ({ ask, operator: as }) =>
      ask(
        '{ operator { ... on Operator { statistics(hours: 2147483647) { __typename } } } }',
        {},
        { as },
      ),
    200,
    { says: /"InvalidInput"/ },
  ],
  [
    'an unknown flow trouble',
    ({ ask, adaFlow }) =>
      ask('mutation ($input: CancelFlowInput!) { cancelFlow(input: $input) { __typename } }', {
        input: { flowId: adaFlow, trouble: 'SOLD_OUT' },
      }),
    [200, 400],
    { never: /CancelledFlow/ },
  ],
])
