import { expect, test } from 'vitest'
import { compareRequests, type Recording } from './compare-requests.ts'
import type { RecordedRequest } from './recorder.ts'

function sent(change: Partial<RecordedRequest> & { path?: string } = {}): RecordedRequest {
  const { path = '/v1/connect/apps?q=a&limit=1', ...rest } = change
  const url = new URL(path, 'http://127.0.0.1:4010')
  const headers = { authorization: 'Bearer a', 'content-type': 'application/json' }
  return { method: 'POST', url, headers, body: '{"a":1,"b":[1,2]}', ...rest }
}

const recording = (...requests: RecordedRequest[]): Recording => ({ requests, outcome: 'success' })

test.each([
  ['the same', sent()],
  ['another order of different keys', sent({ path: '/v1/connect/apps?limit=1&q=a' })],
  ['another spelling of the same path', sent({ path: '/v1/conn%65ct/apps?q=%61&limit=1' })],
  ['another order in the body', sent({ body: '{ "b": [1, 2], "a": 1 }' })],
  ['headers that do not matter', sent({ headers: { ...sent().headers, 'user-agent': 'x' } })],
])('does not tell apart: %s', (_, ours) => {
  expect(compareRequests(recording(sent()), recording(ours))).toEqual({})
})

test.each([
  ['method', sent({ method: 'PUT' })],
  ['host', sent({ url: new URL('http://localhost:4010/v1/connect/apps?q=a&limit=1') })],
  ['path', sent({ path: '/v1/connect%2Fapps?q=a&limit=1' })],
  ['query.q', sent({ path: '/v1/connect/apps?q=A&limit=1' })],
  ['query.limit', sent({ path: '/v1/connect/apps?q=a' })],
  ['query.q', sent({ path: '/v1/connect/apps?q=a&q=b&limit=1' })],
  ['body.b', sent({ body: '{"a":1,"b":[2,1]}' })],
  ['body.a', sent({ body: '{"a":null,"b":[1,2]}' })],
  ['body.c', sent({ body: '{"a":1,"b":[1,2],"c":null}' })],
  ['headers.authorization', sent({ headers: { ...sent().headers, authorization: 'Bearer b' } })],
  ['headers.x-pd-environment', sent({ headers: { ...sent().headers, 'x-pd-environment': 'x' } })],
])('tells apart: %s', (fact, ours) => {
  expect(Object.keys(compareRequests(recording(sent()), recording(ours)))).toEqual([fact])
})

test('the target of the proxy is compared by its meaning and by its alphabet', () => {
  const ours = sent({ path: '/v1/connect/proxy/L3Y_eA' })
  const official = sent({ path: '/v1/connect/proxy/L3Y%2FeA%3D%3D' })
  expect(compareRequests(recording(official), recording(ours))).toEqual({
    targetIn: { official: 'base64', ours: 'base64url' },
  })
})

test('different numbers of requests are reported in full', () => {
  const elsewhere = sent({ url: new URL('https://evil.example.org/x') })
  expect(compareRequests(recording(sent(), elsewhere, sent()), recording())).toEqual({
    requests: {
      official: [
        '2 x POST /v1/connect/apps?q=a&limit=1',
        'POST https://evil.example.org/x, with the access token',
      ],
      ours: [],
    },
  })
})

test('a request before the last is named', () => {
  const ours = recording(sent({ method: 'PUT' }), sent())
  expect(compareRequests(recording(sent(), sent()), ours)).toEqual({
    'request 1: method': { official: 'POST', ours: 'PUT' },
  })
})
