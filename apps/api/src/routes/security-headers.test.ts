import { expect, test } from 'vitest'
import { createWorld } from '../testing/create-world.ts'

const get = async (path: string, publicUrl = 'http://localhost:3000') => {
  const { server } = await createWorld({ publicUrl, demoSignIn: false })
  const response = await server.fetch(
    new Request(`${publicUrl}${path}`, { headers: { accept: 'text/html' } }),
  )
  return response.headers
}

test.each(['/', '/graphql', '/nothing.txt', '/connect/finish/x'])(
  '%s: nobody frames us, guesses a type, or learns an address',
  async (path) => {
    const headers = await get(path)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
  },
)

test('the page runs no script but its own, and frames the connect page alone', async () => {
  const policy = (await get('/')).get('content-security-policy')?.split('; ') ?? []
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain('frame-src http://localhost:4010')
  expect(policy.filter((part) => /script-src|unsafe-eval/.test(part))).toEqual([])
})

test('the provider’s pop-up keeps its opener', async () => {
  expect((await get('/')).get('cross-origin-opener-policy')).toBe('same-origin-allow-popups')
})

test('browsers come back by https where we are reached so', async () => {
  expect((await get('/')).has('strict-transport-security')).toBe(false)
  const secure = await get('/', 'https://connect.example.com')
  expect(secure.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/)
})
