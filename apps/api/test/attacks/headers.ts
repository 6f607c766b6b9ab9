import { attacks } from './attack.ts'

const WHO = '{ viewer { externalUserId } }'
const NO_ONE_ELSE = { never: /"ada"/ }

export const headers = attacks('headers', [
  [
    'a hundred thousand letters',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-big': 'a'.repeat(100_000) } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a thousand headers',
    ({ ask }) =>
      ask(
        WHO,
        {},
        { headers: Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x-${n}`, 'a'])) },
      ),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a thousand cookies',
    ({ ask }) =>
      ask(
        WHO,
        {},
        { headers: { cookie: Array.from({ length: 1000 }, (_, n) => `c${n}=a`).join('; ') } },
      ),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a cookie of a hundred thousand letters',
    ({ ask }) => ask(WHO, {}, { headers: { cookie: `browser=${'a'.repeat(100_000)}` } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a content type of ten thousand letters',
    ({ ask }) =>
      ask(WHO, {}, { headers: { 'content-type': `application/json;${'a=b;'.repeat(2500)}` } }),
    [200, 415],
    NO_ONE_ELSE,
  ],
  [
    'a content type in another script',
    ({ ask }) => ask(WHO, {}, { headers: { 'content-type': 'application/json; charset=utf-7' } }),
    [200, 400, 415],
    NO_ONE_ELSE,
  ],
  [
    'an accept header that wants nothing of ours',
    ({ ask }) => ask(WHO, {}, { headers: { accept: 'image/png' } }),
    [200, 406],
    NO_ONE_ELSE,
  ],
  [
    'an accept header of ten thousand types',
    ({ ask }) => ask(WHO, {}, { headers: { accept: 'a/b;q=0.1,'.repeat(10_000) } }),
    [200, 406],
    NO_ONE_ELSE,
  ],
  [
    'an accept header of nonsense',
    ({ ask }) => ask(WHO, {}, { headers: { accept: ';;;q=,,,/' } }),
    [200, 400, 406],
    NO_ONE_ELSE,
  ],
  [
    'an accept header that wants a stream',
    ({ ask }) => ask('query { viewer { kind } }', {}, { headers: { accept: 'text/event-stream' } }),
    [200, 400, 406],
    NO_ONE_ELSE,
  ],
  [
    'an accept header that wants parts',
    ({ ask }) => ask(WHO, {}, { headers: { accept: 'multipart/mixed' } }),
    [200, 406],
    NO_ONE_ELSE,
  ],
  [
    'a request id that is to go into the log',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-request-id': '{"level":60}' } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a trace that is to go into the log',
    ({ ask }) =>
      ask(WHO, {}, { headers: { traceparent: '00-zzzz-1-01', tracestate: 'a'.repeat(5000) } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'an expected viewer in broken percent code',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': '%E0%A4%A' } }),
    409,
  ],
  [
    'an expected viewer of a hundred thousand letters',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-expected-viewer': 'a'.repeat(100_000) } }),
    409,
  ],
  [
    'another URL by a header',
    ({ ask }) =>
      ask(WHO, {}, { headers: { 'x-original-url': '/auth/demo', 'x-rewrite-url': '/metrics' } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'another host by a header',
    ({ ask }) =>
      ask(WHO, {}, { headers: { 'x-forwarded-proto': 'https', 'x-host': 'evil.example' } }),
    200,
    { never: /evil\.example|"ada"/ },
  ],
  [
    'a proxy’s address of nonsense',
    ({ ask }) =>
      ask(WHO, {}, { headers: { 'x-forwarded-for': `${','.repeat(5000)}%00, ::::, 999.9.9.9` } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'an event to go on from, of nonsense',
    ({ ask }) => ask(WHO, {}, { headers: { 'last-event-id': '\u00ff{}' } }),
    200,
    NO_ONE_ELSE,
  ],
  [
    'a preflight for every header',
    ({ send }) =>
      send('/graphql', {
        method: 'OPTIONS',
        headers: {
          origin: 'https://evil.example',
          'access-control-request-method': 'DELETE',
          'access-control-request-headers': 'x-a,'.repeat(2000),
        },
      }),
    [200, 204],
  ],
])
