import { gzipSync } from 'node:zlib'
import type { Target, Sent } from './create-target.ts'
import { attacks } from './attack.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const QUERY = '{"query":"{ __typename }"}'
const bomb = new Uint8Array(gzipSync(Buffer.alloc(20_000_000, ' ')))

const send =
  (body: Sent['body'], headers: Record<string, string> = {}, path = '/graphql') =>
  (target: Target) =>
    target.send(path, {
      method: 'POST',
      as: target.mallory,
      headers: { ...JSON_TYPE, ...headers },
      body: body ?? '',
    })

const stream = (make: (index: number) => Uint8Array | undefined) => (target: Target) => {
  let index = 0
  const body = new ReadableStream({
    pull(controller) {
      const chunk = make(index++)
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  })
  return send(body)(target)
}

export const bodies = attacks('bodies', [
  ['nothing', send(''), 400],
  ['null', send('null'), 400],
  ['a number', send('1'), 400],
  ['a string', send('"query"'), 400],
  ['half of it', send('{"query":"{ __type'), 400],
  ['JSON and more', send(`${QUERY}{}`), 400],
  [
    'XML',
    send('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    400,
    { never: /root:/ },
  ],
  ['a form that says it is JSON', send('query=%7B__typename%7D'), 400],
  ['JSON with comments', send(`/* */${QUERY}`), 400],
  ['a byte order mark before JSON', send(`\uFEFF${QUERY}`), [200, 400]],
  ['UTF-16', send(new Uint8Array(Buffer.from(QUERY, 'utf16le'))), 400],
  ['bytes that are no text', send(new Uint8Array([0xff, 0xfe, 0x00, 0xc0, 0x80])), 400],
  [
    'invalid UTF-8 in a string',
    send(
      new Uint8Array([
        ...Buffer.from('{"query":"{ app(slug: \\"'),
        0xc0,
        0xaf,
        ...Buffer.from('\\") { __typename } }"}'),
      ]),
    ),
    200,
    { says: /UnknownApp|InvalidInput/ },
  ],
  ['lists within lists', send('['.repeat(49_000) + ']'.repeat(49_000)), 400],
  ['objects within objects', send('{"a":'.repeat(16_000) + '1' + '}'.repeat(16_000)), 400],
  ['lists within lists that never close', send('['.repeat(99_000)), 400],
  [
    'variables within variables',
    send(`{"query":"{ __typename }","variables":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`),
    [200, 400],
  ],
  [
    'extensions within extensions',
    send(`{"query":"{ __typename }","extensions":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`),
    [200, 400],
  ],
  [
    'ten thousand keys',
    send(`{${Array.from({ length: 9000 }, (_, n) => `"k${n}":1`).join()}}`),
    400,
  ],
  [
    'a key of fifty thousand letters',
    send(`{"${'k'.repeat(50_000)}":1}`),
    400,
    { never: /k{1000}.*k{1000}.*k{1000}/s },
  ],
  ['more than is allowed', send(`{"query":"${' '.repeat(200_000)}"}`), 413],
  [
    'more than is allowed, piece by piece',
    stream((index) => (index < 1000 ? new Uint8Array(1000).fill(32) : undefined)),
    413,
  ],
  [
    'more than is allowed, byte by byte',
    stream((index) => (index < 120_000 ? new Uint8Array(1).fill(32) : undefined)),
    413,
  ],
  ['pieces of nothing', stream((index) => (index < 1000 ? new Uint8Array(0) : undefined)), 400],
  ['a length that is too large', send(QUERY, { 'content-length': '999999999999' }), 413],
  ['a wrong length', send(QUERY, { 'content-length': '5' }), [200, 400]],
  ['a length that is negative', send(QUERY, { 'content-length': '-5' }), 400],
  ['a length of two numbers', send(QUERY, { 'content-length': '5, 26' }), 400],
  ['a body that says it is zipped', send(QUERY, { 'content-encoding': 'gzip' }), [200, 400, 415]],
  ['a bomb that is zipped', send(bomb, { 'content-encoding': 'gzip' }), [400, 413, 415]],
  [
    'a bomb that is zipped twice',
    send(new Uint8Array(gzipSync(bomb)), { 'content-encoding': 'gzip, gzip' }),
    [400, 413, 415],
  ],
  ['a body to be decoded by brotli', send(QUERY, { 'content-encoding': 'br' }), [200, 400, 415]],
  [
    'a body in chunks that says both',
    send(QUERY, { 'transfer-encoding': 'chunked', 'content-length': '26' }),
    [200, 400],
  ],
  ['a sign-in of nothing', send('', {}, '/auth/demo'), 400],
  ['a sign-in of a list', send('[]', {}, '/auth/demo'), 400],
  [
    'a sign-in of __proto__',
    send('{"__proto__":{"externalUserId":"ada","role":"operator"}}', {}, '/auth/demo'),
    400,
  ],
  ['a sign-in of an object', send('{"externalUserId":{"$ne":null}}', {}, '/auth/demo'), 400],
  ['a sign-in of a number', send('{"externalUserId":1e999}', {}, '/auth/demo'), 400],
  ['a sign-in of spaces', send('{"externalUserId":" \\t "}', {}, '/auth/demo'), 400],
  ['a sign-in of half a character', send('{"externalUserId":"\\ud800"}', {}, '/auth/demo'), 400],
  [
    'a sign-in of 251 letters',
    send(JSON.stringify({ externalUserId: 'a'.repeat(251) }), {}, '/auth/demo'),
    400,
  ],
  [
    'a sign-in that is too large',
    send(JSON.stringify({ externalUserId: 'a'.repeat(200_000) }), {}, '/auth/demo'),
    413,
  ],
  [
    'a sign-in of deep lists',
    send(`{"externalUserId":${'['.repeat(4000)}${']'.repeat(4000)}}`, {}, '/auth/demo'),
    400,
  ],
])
