import type { Target } from './create-target.ts'
import { attacks } from './attack.ts'
import { ownAddresses } from './own-flow.ts'

const PLAIN = { 'content-type': 'application/json' }

const webhook = (body: unknown) => async (target: Target) => {
  const { webhook: path } = await ownAddresses(target)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return target.send(path, { method: 'POST', headers: PLAIN, body: text })
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

export const webhooks = attacks('webhooks', [
  [
    'a webhook that names the victim’s account',
    async (target) => webhook(success(target.adaAccount))(target),
    [200, 204],
  ],
  [
    'a webhook that names the victim',
    async (target) => webhook(success(target.adaAccount, 'ada'))(target),
    [200, 204],
  ],
  ['a webhook that names an unknown account', webhook(success('apn_0000000')), [200, 204]],
  ['a webhook whose account is a path', webhook(success('../users/ada')), [200, 204, 400]],
  ['a webhook that is not JSON', webhook('account=apn_1'), 400],
  ['a webhook of nothing', webhook(''), 400],
  ['a webhook of null', webhook('null'), 400],
  ['a webhook of lists within lists', webhook('['.repeat(20_000)), 400],
  ['a webhook of __proto__', webhook('{"__proto__":{"event":"CONNECTION_SUCCESS"}}'), 400],
  ['a webhook that is too large', webhook(' '.repeat(200_000)), 413],
  [
    'a webhook that is told fifty times',
    async (target) => {
      const { webhook: path } = await ownAddresses(target)
      const body = JSON.stringify(success(target.malloryAccount))
      return Promise.all(
        Array.from({ length: 50 }, () =>
          target.send(path, { method: 'POST', headers: PLAIN, body }),
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
    async (target) =>
      target.send((await ownAddresses(target)).webhook, {
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
    async (target) => target.send((await ownAddresses(target)).webhook),
    [404, 405],
  ],
])
