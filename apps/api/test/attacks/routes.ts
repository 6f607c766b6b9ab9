import { attacks } from './attack.ts'

const WEB = { status: [200, 304, 400, 404, 405] } as const

// What stands in this repository, and what the web app's folder must not give away.
const PATHS: Record<string, string> = {
  'a path upwards': '/../package.json',
  'a path upwards in percent code': '/%2e%2e/%2e%2e/package.json',
  'a path upwards in percent code of percent code': '/%252e%252e/package.json',
  'a path upwards by backslashes': '/..\\..\\package.json',
  'a path upwards by backslashes in percent code': '/%5c..%5c..%5cpackage.json',
  'a path upwards by a slash in percent code': '/assets/..%2f..%2fpackage.json',
  'the address of a file': '/file:///etc/passwd',
  'an absolute path': '//etc/passwd',
  'the environment': '/.env.local',
  'the environment of the root': '/.env',
  'the history': '/.git/config',
  'the database': '/.data/gateway.sqlite',
  'our source': '/src/main.ts',
  'a NUL': '/index.html%00.json',
  'broken percent code': '/%E0%A4%A.js',
  'a name of every object': '/__proto__.js',
  'a stream of Windows': '/index.html::$DATA.txt',
  'ten thousand letters': `/${'a'.repeat(10_000)}.js`,
  'a thousand slashes': `${'/'.repeat(1000)}x.js`,
}

export const routes = attacks('routes', [
  ...Object.entries(PATHS).map(
    ([name, path]) =>
      [
        name,
        ({ send }: Parameters<Parameters<typeof attacks>[1][number][1]>[0]) => send(path),
        WEB.status,
        { never: /"private"|root:|\[core\]|SQLite format|import / },
      ] as const,
  ),
  [
    'two slashes before /graphql',
    ({ send }) =>
      send('//graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    [404, 405],
  ],
  [
    '/graphql/ with a slash',
    ({ send }) =>
      send('/graphql/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
    200,
  ],
  [
    '/GraphQL in capitals',
    ({ send }) =>
      send('/GraphQL', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
    [404, 405],
  ],
  [
    '/graphql in percent code',
    ({ send }) =>
      send('/%67raphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
    [404, 405],
  ],
  [
    '/graphql and a semicolon',
    ({ send }) =>
      send('/graphql;x=1', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
    [404, 405],
  ],
  [
    '/auth/demo by GET',
    ({ send }) => send('/auth/demo?externalUserId=ada'),
    [404, 405],
    { never: /set-cookie/ },
  ],
  [
    '/auth/demo/ with a slash, from another machine',
    ({ send }) =>
      send('/auth/demo/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada"}',
        peer: { remoteAddress: '203.0.113.9' },
      }),
    403,
  ],
  [
    '/auth/../auth/demo from another machine',
    ({ send }) =>
      send('/auth/../auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada"}',
        peer: { remoteAddress: '203.0.113.9' },
      }),
    403,
  ],
  [
    'a POST to the page',
    ({ send }) =>
      send('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    [404, 405],
  ],
  ['PROPFIND', ({ send }) => send('/', { method: 'PROPFIND' }), [404, 405]],
  [
    'a method in small letters',
    ({ send }) =>
      send('/graphql', {
        method: 'patch',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    [404, 405],
  ],
  [
    'another host by two slashes',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://127.0.0.1:3000//evil.example/', { headers: { accept: 'text/html' } }),
      ),
    404,
  ],
  [
    'another host by a backslash',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://127.0.0.1:3000/\\evil.example/', { headers: { accept: 'text/html' } }),
      ),
    404,
  ],
  [
    'another host by percent code',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://127.0.0.1:3000/%2f%2fevil.example/', {
          headers: { accept: 'text/html' },
        }),
      ),
    [200, 307, 404],
  ],
  [
    'a host that is not ours',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://evil.example/accounts', { headers: { accept: 'text/html' } }),
      ),
    [200, 400, 404, 421],
    { never: /evil\.example/ },
  ],
  [
    'a range of a file',
    ({ send }) => send('/', { headers: { range: 'bytes=0-1,0-1,0-1,0-1' } }),
    200,
  ],
  [
    'a tag of any version',
    ({ send }) => send('/', { headers: { 'if-none-match': '*' } }),
    [200, 304],
  ],
  [
    'webhooks of an unknown flow',
    ({ send }) =>
      send('/webhooks/pipedream/x', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    [200, 204, 400, 404, 405],
  ],
  [
    'the metrics of a stranger',
    ({ send }) => send('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } }),
    [200, 401, 403, 404],
    { never: /"ada"|mallory/ },
  ],
])
