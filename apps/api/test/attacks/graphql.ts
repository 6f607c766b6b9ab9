import { attacks } from './attack.ts'

const json = JSON.stringify
const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ')
const nested = (count: number, [open = '', middle = '', close = '']: string[]) =>
  open.repeat(count) + middle + close.repeat(count)
const APPS =
  'query ($first: Int! = 24, $search: String) { apps(first: $first, search: $search) { __typename } }'
const CONFIRM =
  'mutation ($input: ConfirmConnectionInput!) { confirmConnection(input: $input) { __typename } }'

export const graphql = attacks('GraphQL', [
  ['a deep query', ({ ask }) => ask(nested(400, ['{ viewer ', '{ kind }', '}'])), 400],
  [
    'a query so deep that parsing it would overflow',
    ({ ask }) => ask(nested(20_000, ['{a', '', '}'])),
    400,
  ],
  ['brackets that never close', ({ ask }) => ask('{'.repeat(50_000)), 400],
  [
    'lists within lists',
    ({ ask }) => ask(`{ app(slug: ${nested(20_000, ['[', '', ']'])}) { __typename } }`),
    400,
  ],
  [
    'objects within objects',
    ({ ask }) => ask(`{ app(slug: ${nested(9000, ['{a:', '1', '}'])}) { __typename } }`),
    400,
  ],
  [
    'types within types',
    ({ ask }) => ask(`query ($a: ${nested(20_000, ['[', 'Int', ']'])}) { __typename }`),
    400,
  ],
  [
    'a thousand aliases',
    ({ ask }) => ask(`{ ${repeat(1000, (n) => `a${n}: viewer { kind }`)} }`),
    400,
  ],
  [
    'a hundred sign-ins of one request',
    ({ ask }) => ask(`mutation { ${repeat(100, (n) => `a${n}: oauthToken { __typename }`)} }`),
    400,
  ],
  [
    'a hundred connect tokens of one request',
    ({ ask }) =>
      ask(
        `mutation { ${repeat(100, (n) => `a${n}: createConnectToken(input: { app: "openai" }) { __typename }`)} }`,
      ),
    400,
  ],
  [
    'fields that conflict with each other',
    ({ ask }) => ask(`{ ${repeat(450, (n) => `x: app(slug: "${n}") { id }`)} }`),
    400,
  ],
  [
    'the same field a thousand times',
    ({ ask }) => ask(`{ viewer { ${'kind '.repeat(990)} } }`),
    400,
  ],
  [
    'fragments that spread each other',
    ({ ask }) => ask('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'),
    400,
  ],
  [
    'a fragment that spreads itself',
    ({ ask }) => ask('{ viewer { ...a } } fragment a on Viewer { kind ...a ...a ...a }'),
    400,
  ],
  [
    'fragments that double a hundred times',
    ({ ask }) =>
      ask(
        `{ viewer { ...f0 } } ${repeat(60, (n) => `fragment f${n} on Viewer { ...f${n + 1} ...f${n + 1} }`)} fragment f60 on Viewer { kind }`,
      ),
    400,
  ],
  [
    'an unused fragment',
    ({ ask }) => ask('{ __typename } fragment a on Query { __typename }'),
    400,
  ],
  ['a fragment that is not there', ({ ask }) => ask('{ ...nothing }'), 400],
  [
    'a hundred directives',
    ({ ask }) => ask(`{ __typename ${'@include(if: true) '.repeat(100)} }`),
    400,
  ],
  ['directives that are not there', ({ ask }) => ask('{ __typename @aa @bb @cc }'), 400],
  [
    'directives on fragments',
    ({ ask }) =>
      ask(`{ ...a ${'@skip(if: false) '.repeat(40)} } fragment a on Query { __typename }`),
    400,
  ],
  ['@defer and @stream', ({ ask }) => ask('{ ... @defer { viewer { kind } } }'), 400],
  [
    'introspection that turns in circles',
    ({ ask }) =>
      ask(`{ __schema { types { ${nested(12, ['fields { type { ', 'name', '} }'])} } } }`),
    400,
  ],
  [
    'a batch',
    ({ post }) => post(json([{ query: '{ viewer { kind } }' }, { query: '{ viewer { kind } }' }])),
    400,
  ],
  ['a batch of one', ({ post }) => post(json([{ query: '{ viewer { kind } }' }])), 400],
  ['an empty batch', ({ post }) => post('[]'), 400],
  ['a batch of batches', ({ post }) => post(`[${'[{}],'.repeat(100)}{}]`), 400],
  ['a hundred operations', ({ ask }) => ask(repeat(100, (n) => `query q${n} { __typename }`)), 400],
  [
    'an operation that is not named',
    ({ post }) => post(json({ query: 'query a { __typename } query b { __typename }' })),
    400,
  ],
  [
    'an operation name of __proto__',
    ({ post }) => post(json({ query: 'query a { __typename }', operationName: '__proto__' })),
    400,
  ],
  [
    'an operation name that is an object',
    ({ post }) => post(json({ query: '{ __typename }', operationName: { a: 1 } })),
    [200, 400],
  ],
  [
    'two operations of one name',
    ({ post }) =>
      post(json({ query: 'query a { __typename } query a { __typename }', operationName: 'a' })),
    400,
  ],
  [
    'a huge number of entries',
    ({ ask }) => ask('{ apps(first: 2147483647) { ... on InvalidInput { field } } }'),
    200,
    { says: /"field":"first"/ },
  ],
  [
    'a negative number of entries',
    ({ ask }) => ask('{ apps(first: -1) { ... on InvalidInput { field } } }'),
    200,
    { says: /"field":"first"/ },
  ],
  [
    'a number of 65 bits',
    ({ ask }) => ask('{ apps(first: 36893488147419103232) { __typename } }'),
    400,
  ],
  [
    'a number of a thousand digits',
    ({ ask }) => ask(`{ apps(first: ${'9'.repeat(1000)}) { __typename } }`),
    400,
  ],
  [
    'a fraction of an entry',
    ({ ask }) => ask(APPS, { first: 1.5 }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    '1e400 entries',
    ({ post }) => post(`{"query":${json(APPS)},"variables":{"first":1e400}}`),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'a string for a number',
    ({ ask }) => ask(APPS, { first: '10; drop table flows' }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'null for what must be there',
    ({ ask }) => ask(APPS, { first: null }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'an object for a string',
    ({ ask }) => ask(APPS, { search: { $ne: null } }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'a list for a string',
    ({ ask }) => ask(APPS, { search: ['a'] }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'a list for an input',
    ({ ask }) => ask(CONFIRM, { input: [{ flowId: 'a' }] }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'a field too many in an input',
    ({ ask }) => ask(CONFIRM, { input: { flowId: 'a', accountId: 'b', externalUserId: 'ada' } }),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'an input of __proto__',
    ({ post }) =>
      post(
        `{"query":${json(CONFIRM)},"variables":{"input":{"__proto__":{"flowId":"a","accountId":"b"}}}}`,
      ),
    [200, 400],
    { says: /errors/ },
  ],
  [
    'variables of __proto__',
    ({ post }) =>
      post(
        `{"query":"{ __typename }","variables":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
      ),
    [200, 400],
  ],
  ['variables that are a list', ({ ask }) => ask('{ __typename }', [1, 2]), 400],
  ['variables that are a string', ({ ask }) => ask('{ __typename }', '{}'), 400],
  [
    'ten thousand variables',
    ({ ask }) =>
      ask(
        '{ __typename }',
        Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`v${n}`, n])),
      ),
    [200, 400],
  ],
  ['a variable that is not declared', ({ ask }) => ask('{ app(slug: $slug) { __typename } }'), 400],
  ['a query that is a number', ({ ask }) => ask(1), 400],
  ['a query that is a list', ({ ask }) => ask(['{ __typename }']), 400],
  ['a query that is nothing', ({ ask }) => ask(''), 400],
  ['a query of comments', ({ ask }) => ask(`#${'x'.repeat(50_000)}`), 400],
  ['a query of commas', ({ ask }) => ask(','.repeat(90_000)), 400],
  ['an unterminated string', ({ ask }) => ask(`{ app(slug: "${'x'.repeat(50_000)}`), 400],
  ['a block text that never ends', ({ ask }) => ask(`{ app(slug: """${'\\n'.repeat(20_000)}`), 400],
  ['a broken escape', ({ ask }) => ask('{ app(slug: "\\u{110000}") { __typename } }'), 400],
  ['a byte order mark', ({ ask }) => ask('\uFEFF{ viewer { kind } }'), 200],
  ['a field named __proto__', ({ ask }) => ask('{ __proto__ { x } }'), 400],
  ['a field named constructor', ({ ask }) => ask('{ viewer { constructor } }'), 400],
  ['an alias named __proto__', ({ ask }) => ask('{ __proto__: viewer { kind } }'), [200, 400]],
  [
    'aliases named like methods',
    ({ ask }) => ask('{ toString: viewer { kind } hasOwnProperty: viewer { kind } }'),
    200,
  ],
  ['a type that is not there', ({ ask }) => ask('{ viewer { ... on __proto__ { kind } } }'), 400],
  [
    'the schema’s own language',
    ({ ask }) => ask('type Query { hacked: String } { __typename }'),
    400,
  ],
  [
    'a subscription by a mutation’s name',
    ({ ask }) =>
      ask('subscription { disconnectAccount(input: { accountId: "x" }) { __typename } }'),
    400,
  ],
  [
    'a parameter that is not known',
    ({ post }) => post(json({ query: '{ __typename }', evil: true })),
    400,
  ],
  [
    'extensions that are a string',
    ({ post }) => post(json({ query: '{ __typename }', extensions: 'x' })),
    400,
  ],
  [
    'a hash for a query',
    ({ post }) =>
      post(json({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })),
    400,
  ],
  [
    'a hash of __proto__',
    ({ post }) =>
      post(json({ extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } })),
    400,
  ],
  [
    'a hash that is an object',
    ({ post }) =>
      post(json({ extensions: { persistedQuery: { version: 1, sha256Hash: { a: 1 } } } })),
    400,
  ],
  [
    'the query under two keys',
    ({ post }) => post('{"query":"{ __typename }","query":"{ viewer { externalUserId } }"}'),
    200,
    { never: /"ada"/ },
  ],
])
