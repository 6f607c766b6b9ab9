import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

test.each(['', '/connections', '/tools/connections'])(
  'over https a sibling subdomain cannot plant a cookie of the gateway at “%s”',
  async (path) => {
    const gateway = await createTestGateway({ publicUrl: `https://localhost${path}` })
    const response = await gateway.browser().post('/auth/demo', { externalUserId: 'ada' })
    const lines = response.headers.getSetCookie()
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line).toMatch(/^__Host-/)
      expect(line).toMatch(/; Path=\/(;|$)/)
      expect(line).toMatch(/; Secure(;|$)/)
      expect(line).toMatch(/; HttpOnly(;|$)/)
      expect(line).not.toMatch(/; Domain/)
    }
  },
)

test.each([
  ['/connections', '/integrations'],
  ['/connections', ''],
  ['', '/connections'],
  ['/connections', '/connections/staging'],
  ['/a.b', '/a/b'],
])(
  'gateways of one origin at “%s” and “%s” do not touch each other’s cookies',
  async (one, other) => {
    const first = await createTestGateway({ publicUrl: `http://localhost:3000${one}` })
    const second = await createTestGateway({ publicUrl: `http://localhost:3000${other}` })
    const ada = await first.signIn('ada')
    await ada.startConnecting('openai')
    expect(ada.cookies.size).toBe(2)
    // The same browser: both gateways’ cookies have the path `/`.
    const bob = second.browser()
    for (const [name, value] of ada.cookies) bob.cookies.set(name, value)
    expect(await bob.query('{ viewer { kind } }')).toEqual({ viewer: null })
    await bob.post('/auth/demo', { externalUserId: 'bob' })
    await bob.startConnecting('openai')
    expect(bob.cookies.size).toBe(4)
    await bob.post('/auth/sign-out', {})
    expect(bob.cookies).toEqual(ada.cookies)
  },
)
