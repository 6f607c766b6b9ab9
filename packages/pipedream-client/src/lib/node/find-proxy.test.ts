import { expect, test } from 'vitest'
import { readProxies } from './find-proxy.ts'

const PROXY = 'http://proxy.example.com:3128'

function goesStraight(noProxy: string, url: string): boolean {
  const env = { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, NO_PROXY: noProxy }
  return readProxies(env)(new URL(url)) === undefined
}

test.each([
  ['*', 'https://api.example.com'],
  ['example.com', 'https://example.com'],
  ['example.com', 'https://api.example.com'],
  ['.example.com', 'https://api.example.com'],
  ['*.example.com', 'https://a.b.example.com'],
  ['EXAMPLE.com', 'https://example.COM'],
  ['example.com', 'https://example.com.'],
  ['other.org, example.com', 'https://example.com'],
  ['other.org example.com', 'https://example.com'],
  ['example.com:443', 'https://example.com'],
  ['example.com:8080', 'http://example.com:8080'],
  ['10.0.0.1', 'http://10.0.0.1'],
  ['10.0.0.0/8', 'http://10.20.30.40:81'],
  ['[fd00::1]', 'http://[fd00::1]'],
  ['fd00::1', 'http://[fd00::1]'],
  ['fd00::/8', 'http://[fd12::3]'],
  ['[fd00::1]:81', 'http://[fd00::1]:81'],
])('NO_PROXY %s exempts %s', (noProxy, url) => {
  expect(goesStraight(noProxy, url)).toBe(true)
})

test.each([
  ['', 'https://example.com'],
  ['example.com', 'https://evilexample.com'],
  ['example.com', 'https://example.com.evil.org'],
  ['example.com:8443', 'https://example.com'],
  ['api.example.com', 'https://example.com'],
  ['10.0.0.0/8', 'http://11.0.0.1'],
  ['10.0.0.0/8', 'http://10.example.com'],
  ['10.0.0.0/99', 'http://10.0.0.1'],
  ['10.0.0.0/8/8', 'http://10.0.0.1'],
  ['fd00::/8', 'http://10.0.0.1'],
  [',', 'https://example.com'],
])('NO_PROXY %s does not exempt %s', (noProxy, url) => {
  expect(goesStraight(noProxy, url)).toBe(false)
})

test.each([
  'http://localhost:4010',
  'http://app.localhost',
  'https://127.0.0.1',
  'http://127.9.9.9',
  'http://[::1]:3000',
])('%s is this machine', (url) => {
  expect(goesStraight('', url)).toBe(true)
})

test('each scheme has its own proxy, whose scheme is optional', () => {
  const find = readProxies({
    https_proxy: ' one.example.com:1 ',
    HTTP_PROXY: 'https://two.example.com',
  })
  expect(find(new URL('https://a.example.com'))?.href).toBe('http://one.example.com:1/')
  expect(find(new URL('http://a.example.com'))?.href).toBe('https://two.example.com/')
  expect(readProxies({})(new URL('https://a.example.com'))).toBeUndefined()
})
