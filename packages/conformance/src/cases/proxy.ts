import type { Pipedream } from '@pipedream/sdk'
import type { ProxyRequest } from 'pipedream-client/server'
import { all, type Case, pair, refused, TOKEN_REQUEST } from '../case.ts'

// The targets of most cases need no base64 padding and look the same in both of its alphabets.
const url = 'https://api.example.com/v1/users/ada'
/** The same, as sent for that user and account. */
const SENT =
  '/v1/connect/proj_AbC123/proxy/aHR0cHM6Ly9hcGkuZXhhbXBsZS5jb20vdjEvdXNlcnMvYWRh?external_user_id=ada%201%2F%C3%A9&account_id=apn_1'
const as = { externalUserId: 'ada 1/é', accountId: 'apn_1' }
const headers = { 'X-Custom-Header': 'v', accept: 'application/json' }
const json = { text: 'hi', nested: { some_key: [null] } }

const BODY_TYPE = {
  because:
    'The media type is sent for Pipedream and for the API behind it: whether one is enough is undocumented.',
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
    'a string': {
      // @ts-expect-error -- the official client and its types support objects only.
      official: ({ proxy }) => proxy[name]({ url, ...as, body: 'a,b' }),
      ours: ({ proxy }) => proxy.request({ method: REQUEST_OF[name], url, ...as, body: 'a,b' }),
      differs: {
        because:
          'APIs accept more than JSON objects: strings, bytes, streams and forms are sent unchanged.',
        facts: {
          outcome: { official: 'JsonError', ours: 'success' },
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
  'a target with base64 padding': {
    official: ({ proxy }) => proxy.get({ url: 'https://api.example.com/?q=>>>~~ü', ...as }),
    ours: ({ proxy }) => proxy.request({ url: 'https://api.example.com/?q=>>>~~ü', ...as }),
    differs: {
      because:
        'Pipedream documents the URL-safe alphabet. It is sent without padding, so no server can misread it.',
      facts: { targetIn: { official: 'base64', ours: 'base64url' } },
    },
  },
  'a URL with a query, and another query': {
    official: ({ proxy }) => proxy.get({ url: `${url}?x=1234`, ...as, params: { y: '23' } }),
    ours: ({ proxy }) => proxy.request({ url: `${url}?x=1234`, ...as, query: { y: '23' } }),
    differs: {
      because: 'The second query is appended with `&`: a second `?` would be part of a value.',
      facts: { target: { official: `${url}?x=1234?y=23`, ours: `${url}?x=1234&y=23` } },
    },
  },
  'a null in the query': {
    official: ({ proxy }) => proxy.get({ url, ...as, params: { ab: '12', c: null } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, query: { ab: '12', c: null } }),
    differs: {
      because: 'Null means that the parameter is absent, not blank.',
      facts: { target: { official: `${url}?ab=12&c=`, ours: `${url}?ab=12` } },
    },
  },
  'a header that already has its prefix': {
    official: ({ proxy }) => proxy.get({ url, ...as, headers: { 'x-pd-proxy-a': '1' } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, headers: { 'x-pd-proxy-a': '1' } }),
    differs: {
      because:
        'Pipedream removes one prefix: with two, the API would receive a header with another name.',
      facts: {
        'headers.x-pd-proxy-x-pd-proxy-a': { official: '1' },
        'headers.x-pd-proxy-a': { ours: '1' },
      },
    },
  },
  'a header that is never passed on': {
    official: ({ proxy }) => proxy.get({ url, ...as, headers: { Cookie: 'a=1' } }),
    ours: ({ proxy }) => proxy.request({ url, ...as, headers: { Cookie: 'a=1' } }),
    differs: {
      because:
        'Pipedream documents that it rejects such headers: ours throws before it sends anything.',
      facts: refused(`GET ${SENT}`),
    },
  },
})

/** Requests through the proxy. */
export const proxyCases: readonly Case[] = [...bodiless, ...withBody, onlyOurs]
