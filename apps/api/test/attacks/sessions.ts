import { HOME } from './create-target.ts'
import { attacks } from './attack.ts'
import { body, MALLORY, ANONYMOUS, WHO } from './who-asks.ts'

export const sessions = attacks('sessions', [
  [
    'a session cookie that was made up',
    ({ post }) => post(body(WHO), cookie(`session=${'a'.repeat(43)}`)),
    200,
    ANONYMOUS,
  ],
  [
    'a session cookie that is too long',
    ({ post }) => post(body(WHO), cookie(`session=${'a'.repeat(5000)}`)),
    200,
    ANONYMOUS,
  ],
  ['an empty session cookie', ({ post }) => post(body(WHO), cookie('session=')), 200, ANONYMOUS],
  [
    'a session cookie of SQL',
    ({ post }) => post(body(WHO), cookie("session=' or 1=1 --")),
    200,
    ANONYMOUS,
  ],
  [
    'a session cookie that is broken percent code',
    ({ post }) => post(body(WHO), cookie('session=%E0%A4%A')),
    200,
    ANONYMOUS,
  ],
  [
    'a cookie header of nonsense',
    ({ post }) => post(body(WHO), cookie(';;;=;==;\u00ff;session')),
    200,
    ANONYMOUS,
  ],
  [
    'a cookie named __proto__',
    ({ post }) => post(body(WHO), cookie('__proto__=x; constructor=y')),
    200,
    ANONYMOUS,
  ],
  [
    'the session twice, the victim’s name last',
    ({ post, mallory }) =>
      post(body(WHO), cookie(`session=${mallory.cookies.get('session')}; session=ada`)),
    200,
    MALLORY,
  ],
  [
    'a session under the name that https uses',
    ({ post, mallory }) =>
      post(body(WHO), cookie(`__Host-session=${mallory.cookies.get('session')}`)),
    200,
    ANONYMOUS,
  ],
  [
    'the victim’s name as the cookie',
    ({ post }) => post(body(WHO), cookie('session=ada; externalUserId=ada')),
    200,
    ANONYMOUS,
  ],
  [
    'the browser cookie for a session',
    ({ post, mallory }) => post(body(WHO), cookie(`session=${mallory.cookies.get('browser')}`)),
    200,
    ANONYMOUS,
  ],
  [
    'the hash of a session for the session',
    async ({ post, mallory }) =>
      post(body(WHO), cookie(`session=${await hash(mallory.cookies.get('session') ?? '')}`)),
    200,
    ANONYMOUS,
  ],
  [
    'the service key as a cookie',
    ({ post, serviceKey }) => post(body(WHO), cookie(`session=${serviceKey}`)),
    200,
    ANONYMOUS,
  ],
  [
    'a session after sign-out',
    async ({ gateway, send }) => {
      const eve = await gateway.signIn('eve')
      const session = `session=${eve.cookies.get('session')}`
      await eve.post('/auth/sign-out', {})
      return send('/graphql', {
        method: 'POST',
        headers: { cookie: session, 'content-type': 'application/json', origin: HOME },
        body: body(WHO),
      })
    },
    200,
    ANONYMOUS,
  ],
])

function cookie(value: string) {
  return { headers: { cookie: value } }
}

async function hash(value: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return Buffer.from(digest).toString('hex')
}
