import { attacks } from './attack.ts'
import { ANONYMOUS, WHO } from './who-asks.ts'

export const demoSignIn = attacks('demo sign-in', [
  [
    'the demo cookie through a proxy',
    ({ ask }) => ask(WHO, {}, { headers: { 'x-forwarded-for': '127.0.0.1' } }),
    200,
    ANONYMOUS,
  ],
  [
    'the demo cookie by “forwarded”',
    ({ ask }) => ask(WHO, {}, { headers: { forwarded: 'for=127.0.0.1' } }),
    200,
    ANONYMOUS,
  ],
  [
    'the demo cookie from another machine',
    ({ ask }) => ask(WHO, {}, { peer: { remoteAddress: '203.0.113.9' } }),
    200,
    ANONYMOUS,
  ],
  [
    'demo sign-in through a proxy',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '::1' },
        body: '{"externalUserId":"ada"}',
      }),
    403,
  ],
  [
    'demo sign-in from another machine',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada"}',
        peer: { remoteAddress: '::ffff:203.0.113.9' },
      }),
    403,
  ],
  [
    'demo sign-in under another host’s name',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://evil.example/auth/demo', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"externalUserId":"ada"}',
        }),
      ),
    403,
  ],
  [
    'demo sign-in by a host that begins like this machine',
    ({ gateway }) =>
      gateway.server.fetch(
        new Request('http://localhost.evil.example/auth/demo', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"externalUserId":"ada"}',
        }),
      ),
    403,
  ],
  [
    'demo sign-in by a user name in the address',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json', host: 'localhost@evil.example' },
        body: '{"externalUserId":""}',
      }),
    403,
  ],
  [
    'demo sign-in as a service',
    ({ send }) =>
      send('/auth/demo', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"externalUserId":"ada","role":"service"}',
      }),
    400,
  ],
])
