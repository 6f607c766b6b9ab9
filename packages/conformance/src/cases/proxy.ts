import type { Pipedream } from '@pipedream/sdk'
import type { ProxyRequest } from 'pipedream-client/server'
import { all, type Case, pair, refused, TOKEN_REQUEST } from '../case.ts'

// The targets of most cases are as long as base64 wants them, and so are written alike in both of its alphabets.
const url = 'https://api.example.com/v1/users/ada'
/** The same, as it is sent for that user and account. */
const SENT =
  '/v1/connect/proj_AbC123/proxy/aHR0cHM6Ly9hcGkuZXhhbXBsZS5jb20vdjEvdXNlcnMvYWRh?external_user_id=ada%201%2F%C3%A9&account_id=apn_1'
const as = { externalUserId: 'ada 1/é', accountId: 'apn_1' }
const headers = { 'X-Custom-Header': 'v', accept: 'application/json' }
const json = { text: 'hi', nested: { some_key: [null] } }

const BODY_TYPE = {
  because:
    'The media type is sent twice: once for Pipedream, and once for the API behind it, as programs in the wild do, because it is not documented that either alone is enough.',
  facts: { 'headers.x-pd-proxy-content-type': { ours: 'application/json' } },
}

const REQUEST_OF = {
  get: 'GET',
  delete: 'DELETE',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
} as const

const bodiless = (['get', 'delete'] as const).map((name) =>
  pair(`proxy.${name}`, 'proxy.request', {
    'no options': {
      official: ({ proxy }) => proxy[name]({ url, ...as }),
      ours: ({ proxy }) => proxy.request({ method: REQUEST_OF[name], url, ...as }),
    },
    'a path, and headers': {
      official: ({ proxy }) => proxy[name]({ url: '/v2/tickets.json?a=10', ...as, headers }),
      ours: ({ proxy }) =>
        proxy.request({ method: REQUEST_OF[name], url: '/v2/tickets.json?a=10', ...as, headers }),
    },
  }),
)

const withBody = (['post', 'put', 'patch'] as const).map((name) =>
  pair(`proxy.${name}`, 'proxy.request', {
    'no options': {
      official: ({ proxy }) => proxy[name]({ url, ...as, body: json }),
      ours: ({ proxy }) => proxy.request({ method: REQUEST_OF[name], url, ...as, json }),
      differs: BODY_TYPE,
    },
    'all options': {
      official: ({ proxy }) =>
        proxy[name](
          all<Pipedream.ProxyPostRequest>({
            url,
            ...as,
            body: json,
            params: { q: 'a bcd', tags: ['x', 'y'] },
            headers,
          }),
        ),
      ours: ({ proxy }) => {
        const { body: _, ...input } = all<ProxyRequest>({
          method: REQUEST_OF[name],
          url,
          ...as,
          json,
          body: undefined,
          query: { q: 'a bcd', tags: ['x', 'y'] },
          headers,
        })
        return proxy.request(input)
      },
      differs: BODY_TYPE,
    },
    'a text': {
      // @ts-expect-error -- the official types know objects alone, and so does the official client.
      official: ({ proxy }) => proxy[name]({ url, ...as, body: 'a,b' }),
      ours: ({ proxy }) => proxy.request({ method: REQUEST_OF[name], url, ...as, body: 'a,b' }),
      differs: {
        because:
          'APIs take more than JSON objects: texts, bytes, streams and forms are sent as they are.',
        facts: {
          outcome: { official: 'JsonError', ours: 'answered' },
          requests: {
            official: [TOKEN_REQUEST],
            ours: [TOKEN_REQUEST, `${REQUEST_OF[name]} ${SENT}`],
          },
        },
      },
    },
  }),
)

const onlyOurs = pair('proxy.get', 'proxy.request', {
  'a target that base64 pads': {
    official: ({ proxy }) => proxy.get({ url: 'https://api.example.com/?q=>>>~~ü', ...as }),
    ours: ({ proxy }) => proxy.request({ url: 'https://api.example.com/?q=>>>~~ü', ...as }),
    differs: {
      because:
        'Pipedream documents the URL-safe alphabet. Without padding too, no server can read a `+` or a `/` of it as anything else.',
      facts: { targetIn: { official: 'base64', ours: 'base64url' } },
    },
  },
  'a URL that has a query, and another one': {
    official: ({ proxy }) => proxy.get({ url: `${url}?x=1234`, ...as, params: { y: '23' } }),
    ours: ({ proxy }) => proxy.request({ url: `${url}?x=1234`, ...as, query: { y: '23' } }),
    differs: {
      because:
        'The second query goes behind the first with `&`: a second `?` would be part of a value.',
      facts: { target: { official: `${url}?x=1234?y=23`, ours: `${url}?x=1234&y=23` } },
    },
  },
  'a null in the query': {
    official: ({ proxy }) => proxy.get({ url, ...as, params: { ab: '12', c: null } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, query: { ab: '12', c: null } }),
    differs: {
      because: 'Null means that there is no such parameter, not a blank one.',
      facts: { target: { official: `${url}?ab=12&c=`, ours: `${url}?ab=12` } },
    },
  },
  'a header that has its prefix already': {
    official: ({ proxy }) => proxy.get({ url, ...as, headers: { 'x-pd-proxy-a': '1' } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, headers: { 'x-pd-proxy-a': '1' } }),
    differs: {
      because:
        'Pipedream takes one prefix off: with two, the API would get a header of another name.',
      facts: {
        'headers.x-pd-proxy-x-pd-proxy-a': { official: '1' },
        'headers.x-pd-proxy-a': { ours: '1' },
      },
    },
  },
  'a header that is not passed on': {
    official: ({ proxy }) => proxy.get({ url, ...as, headers: { Cookie: 'a=1' } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, headers: { Cookie: 'a=1' } }),
    differs: {
      because:
        'Pipedream documents that it refuses such headers: that is said before anything is sent.',
      facts: refused(`GET ${SENT}`),
    },
  },
})

/** Requests through the proxy. */
export const proxyCases: readonly Case[] = [...bodiless, ...withBody, onlyOurs]
