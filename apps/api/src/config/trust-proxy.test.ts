import { expect, test } from 'vitest'
import { readConfig } from './read-config.ts'

test.each([
  [undefined, { hops: 0, peers: [] }],
  ['0', { hops: 0, peers: [] }],
  ['2', { hops: 2, peers: [] }],
  ['10.0.0.0/8', { hops: 1, peers: ['10.0.0.0/8'] }],
  ['2, 10.0.0.7 fd00::/8', { hops: 2, peers: ['10.0.0.7', 'fd00::/8'] }],
])('TRUST_PROXY=%s', (TRUST_PROXY, expected) => {
  expect(readConfig({ TRUST_PROXY }).limits.trustedProxies).toEqual(expected)
})

test.each([
  'all',
  '-1',
  '1.5',
  '1,2',
  '10.0.0.0/33',
  '10.0.0/8',
  'fd00::/129',
  '10.0.0.0/8/8',
  '*',
])('TRUST_PROXY=%s is rejected', (TRUST_PROXY) => {
  expect(() => readConfig({ TRUST_PROXY })).toThrow(/^TRUST_PROXY must/)
})
