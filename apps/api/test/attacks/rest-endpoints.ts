import type { Target, Sent } from './create-target.ts'
import { attacks } from './attack.ts'

const post =
  (
    path: string,
    body: string,
    sent: (target: Target) => Sent = ({ mallory }) => ({ as: mallory }),
  ) =>
  (target: Target) => {
    const { headers, ...more } = sent(target)
    return target.send(path, {
      method: 'POST',
      body,
      ...more,
      headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
    })
  }

const accessToken = (body: string, sent?: (target: Target) => Sent) =>
  post('/api/oauth-token', body, sent)
const connectToken = (body: string, sent?: (target: Target) => Sent) =>
  post('/api/connect-token', body, sent)

const anonymous = () => ({})
const service = ({ serviceKey }: Target) => ({ headers: { authorization: `Bearer ${serviceKey}` } })
const bearer = (token: string) => () => ({ headers: { authorization: `Bearer ${token}` } })
const NO_TOKEN = { never: /access_token|ctok_/ }

export const restTokens = attacks('REST endpoints', [
  ['a user for the whole workspace’s token', accessToken('{}'), 403, NO_TOKEN],
  ['an anonymous request for the workspace’s token', accessToken('{}', anonymous), 401, NO_TOKEN],
  [
    'an unknown bearer token for the workspace’s token',
    accessToken('{}', bearer('unknown')),
    401,
    NO_TOKEN,
  ],
  ['a scope that is a list', accessToken('{"scope":["*"]}', service), 400, NO_TOKEN],
  ['a scope of another line', accessToken('{"scope":"*\\r\\nx: y"}', service), [200, 400, 502]],
  ['an anonymous request for a connect token', connectToken('{}', anonymous), 401, NO_TOKEN],
  ['a user who names another user', connectToken('{"external_user_id":"ada"}'), 403, NO_TOKEN],
  [
    'a user who names another user in our own words',
    connectToken('{"externalUserId":"ada"}'),
    400,
    NO_TOKEN,
  ],
  [
    'a user who names another user in __proto__',
    connectToken('{"__proto__":{"external_user_id":"ada"}}'),
    200,
    { never: /"ada"/ },
  ],
  ['a service that names no user', connectToken('{}', service), 400, NO_TOKEN],
  [
    'a service that names an object',
    connectToken('{"external_user_id":{"$ne":null}}', service),
    400,
    NO_TOKEN,
  ],
  [
    'a service that names spaces',
    connectToken('{"external_user_id":"  "}', service),
    400,
    NO_TOKEN,
  ],
  [
    'a service that names 251 letters',
    connectToken(JSON.stringify({ external_user_id: 'a'.repeat(251) }), service),
    400,
    NO_TOKEN,
  ],
  [
    'a service that names half a character',
    connectToken('{"external_user_id":"\\ud800"}', service),
    400,
    NO_TOKEN,
  ],
  ['an app that is not there', connectToken('{"app":"../../accounts"}'), 400, NO_TOKEN],
  [
    'an access token that is not ours',
    connectToken('{"external_user_id":"ada"}', bearer('a'.repeat(43))),
    401,
    NO_TOKEN,
  ],
  [
    'a connect token as a bearer',
    async (target) => {
      const { token } = await target.mallory.startConnecting('openai')
      return connectToken('{"external_user_id":"ada"}', bearer(token))(target)
    },
    401,
    NO_TOKEN,
  ],
  ['a body of a list', connectToken('[]'), 400, NO_TOKEN],
  ['a body of null', connectToken('null'), 400, NO_TOKEN],
  ['a body that is not JSON', connectToken('external_user_id=ada'), 400, NO_TOKEN],
  ['lists within lists', connectToken('['.repeat(49_000)), 400, NO_TOKEN],
  ['a body that is too large', connectToken(' '.repeat(200_000)), 413, NO_TOKEN],
  [
    'a form',
    ({ send, ada }) =>
      send('/api/connect-token', {
        method: 'POST',
        as: ada,
        body: new URLSearchParams({ a: 'b' }),
      }),
    415,
    NO_TOKEN,
  ],
  [
    'another site’s page',
    connectToken('{}', ({ ada }) => ({ as: ada, headers: { origin: 'https://evil.example' } })),
    403,
    NO_TOKEN,
  ],
  [
    'a sandboxed frame',
    connectToken('{}', ({ ada }) => ({ as: ada, headers: { origin: 'null' } })),
    403,
    NO_TOKEN,
  ],
  ['a link', ({ send, ada }) => send('/api/connect-token', { as: ada }), 405, NO_TOKEN],
  [
    'a link to the whole workspace’s token',
    ({ send, operator }) => send('/api/oauth-token', { as: operator }),
    405,
    NO_TOKEN,
  ],
  [
    'the demo cookie through a proxy',
    connectToken('{}', ({ ada }) => ({ as: ada, headers: { 'x-forwarded-for': '127.0.0.1' } })),
    401,
    NO_TOKEN,
  ],
  [
    'a page that shows a different user',
    connectToken('{}', ({ mallory }) => ({ as: mallory, headers: { 'x-expected-viewer': 'ada' } })),
    409,
    NO_TOKEN,
  ],
])
