import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { sha256 } from '../sha256.ts'
import { createIssuer } from './create-issuer.ts'
import { API_KEY } from './create-person.ts'
import { createWorld } from './create-world.ts'
import { createTimedWorld, finishUrlOf } from './follow-flow.ts'
import { createLogWatch, logWatch } from './log-watch.ts'
import { createVerifyJwt } from '../verify-jwt.ts'

const SERVICE_KEY = 'emulator-service-key-for-these-tests'

test('a line that holds a secret is found, and shown without it', () => {
  const watch = createLogWatch()
  const log = createLog({ write: (line) => watch.addLine(line) })
  watch.addSecret('correct horse battery')
  log.info({ about: 'nothing' }, 'Harmless')
  expect(watch.findLeaks()).toEqual([])
  log.info({ note: 'it said: correct horse battery' }, 'Leaky')
  log.info({ correctly: 'horse' }, 'Harmless')
  const [leak, ...others] = watch.findLeaks()
  expect(leak).toContain('Leaky')
  expect(leak).not.toContain('correct horse')
  expect(others).toEqual([])
})

test('a secret is one whether it came by a header, a cookie or from Pipedream', async () => {
  const watch = createLogWatch()
  watch.addRequest(
    new Request('http://localhost/', {
      headers: { authorization: 'Bearer a-bearer-of-somebody', cookie: 'a=1; b=a-cookie-value' },
    }),
  )
  watch.addResponse(
    new Response(null, { headers: { 'set-cookie': 'c=a-new-cookie-value; Path=/' } }),
  )
  await watch.addUpstream(
    new Request('http://localhost/v1/connect/p/tokens', {
      method: 'POST',
      headers: { authorization: 'Bearer an-access-token' },
      body: '{"success_redirect_uri":"http://localhost/connect/finish/a-secret-of-a-flow"}',
    }),
    Response.json({ token: 'a-connect-token' }),
  )
  const secrets = [
    'a-bearer-of-somebody',
    'a-cookie-value',
    'a-new-cookie-value',
    'an-access-token',
    'a-connect-token',
    'a-secret-of-a-flow',
  ]
  expect(secrets.filter((secret) => !watch.knows(secret))).toEqual([])
})

test('every kind of secret of a world is watched', async () => {
  const issuer = await createIssuer()
  const world = await createTimedWorld({
    serviceKeyHash: sha256(SERVICE_KEY),
    verifyJwt: createVerifyJwt(issuer.auth, { fetch: issuer.fetch }),
  })
  const ada = await world.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  const [service, grace] = [world.browser(), world.browser()]
  const jwt = await issuer.sign()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  grace.headers.authorization = `Bearer ${jwt}`
  const answer = await service.post('/api/oauth-token', {})
  const { access_token: accessToken } = await answer.json()
  await grace.post('/graphql', { query: '{ __typename }' })
  const secrets = {
    token,
    jwt,
    accessToken,
    serviceKey: SERVICE_KEY,
    session: ada.cookies.get('session'),
    browser: ada.cookies.get('browser'),
    flow: (await finishUrlOf(world, (await ada.startConnecting('openai')).token)).split('/').at(-1),
    clientSecret: world.emulator.credentials.clientSecret,
    apiKey: API_KEY,
  }
  const unknown = Object.entries(secrets).filter(([, value]) => !value || !logWatch.knows(value))
  expect(unknown).toEqual([])
  expect(world.logged.length).toBeGreaterThan(0)
})

test('what a world logs is watched', async () => {
  const { server, signIn, logged } = await createWorld()
  await signIn('ada')
  await server.fetch(new Request('http://localhost:3000/health/live'))
  expect(logged.length).toBeGreaterThan(0)
  expect(logWatch.findLeaks()).toEqual([])
})
