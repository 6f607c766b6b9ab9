import { assert, ipV4, ipV6, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const remoteAddress = '10.0.0.7'

test.each([
  {
    what: 'no proxy: any client can set the header',
    forwardedFor: '1.1.1.1',
    proxies: 0,
    address: '10.0.0.7',
  },
  { what: 'one proxy', forwardedFor: '1.1.1.1', proxies: 1, address: '1.1.1.1' },
  {
    what: 'one proxy, and a forged hop',
    forwardedFor: '6.6.6.6, 1.1.1.1',
    proxies: 1,
    address: '1.1.1.1',
  },
  {
    what: 'two proxies',
    forwardedFor: '6.6.6.6, 1.1.1.1, 10.0.0.8',
    proxies: 2,
    address: '1.1.1.1',
  },
  { what: 'fewer hops than proxies', forwardedFor: '1.1.1.1', proxies: 2, address: '10.0.0.7' },
  { what: 'a hop that is no address', forwardedFor: 'unknown', proxies: 1, address: '10.0.0.7' },
  { what: 'with a port', forwardedFor: '1.1.1.1:4711', proxies: 1, address: '1.1.1.1' },
  {
    what: 'an IPv6 network',
    forwardedFor: '[2001:db8:1:2:3::9]:4711',
    proxies: 1,
    address: '2001:db8:1:2::/64',
  },
  {
    what: 'an IPv4 address in IPv6',
    forwardedFor: '::ffff:1.1.1.1',
    proxies: 1,
    address: '1.1.1.1',
  },
  { what: 'without a header', forwardedFor: null, proxies: 1, address: '10.0.0.7' },
])('$what', ({ forwardedFor, proxies, address }) => {
  expect(clientAddress({ remoteAddress, forwardedFor, proxies })).toBe(address)
})

test('whatever the sender writes, the hop that our own proxy added is the one that counts', () => {
  assert(
    property(string(), ipV4(), (forged, real) => {
      const forwardedFor = `${forged}, ${real}`
      expect(clientAddress({ remoteAddress, forwardedFor, proxies: 1 })).toBe(real)
      expect(clientAddress({ remoteAddress, forwardedFor, proxies: 0 })).toBe(remoteAddress)
    }),
  )
})

test('every address of an IPv6 network is the same to us, however it is written', () => {
  assert(
    property(ipV6(), (forwardedFor) => {
      const address = clientAddress({ remoteAddress, forwardedFor, proxies: 1 })
      const [, canonical = ''] = /\[(.*)\]/.exec(new URL(`http://[${forwardedFor}]`).host) ?? []
      expect(clientAddress({ remoteAddress, forwardedFor: canonical, proxies: 1 })).toBe(address)
      expect(address).not.toBe(remoteAddress)
    }),
  )
})
