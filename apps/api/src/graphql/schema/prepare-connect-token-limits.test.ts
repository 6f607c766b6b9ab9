import { expect, test } from 'vitest'
import {
  create,
  CREATED,
  createPreparingGateway,
  eventsOf,
  prepare,
  PREPARED,
  SERVICE_KEY,
} from '../../../test/fixtures/preparing-gateway.ts'

test('a token counts when it is minted, not again at the click', async () => {
  const { signIn } = await createPreparingGateway({ connectTokens: 2 })
  const ada = await signIn('ada')
  await prepare(ada)
  await prepare(ada)
  await create(ada)
  expect(await create(ada)).toMatchObject(CREATED)
  for (const refused of [await prepare(ada), await create(ada)]) {
    expect(refused).toMatchObject({ __typename: 'RateLimited' })
  }
  expect(await eventsOf(ada)).toEqual(['FLOW_CREATED', 'FLOW_CREATED', 'FLOW_REFUSED'])
})

test('few tokens of a user are kept, the latest ones', async () => {
  const { signIn, users } = await createPreparingGateway()
  const ada = await signIn('ada')
  const apps = ['openai', 'slack', 'github', 'notion', 'stripe']
  for (const app of apps) expect(await prepare(ada, { app })).toMatchObject(PREPARED)
  const grace = await signIn('grace')
  await prepare(grace)
  for (const app of apps.toReversed()) await create(ada, { app })
  expect(users).toHaveLength(7)
  await create(grace)
  expect(users).toHaveLength(7)
})

test('services and anonymous callers prepare nothing', async () => {
  const { browser, users } = await createPreparingGateway()
  expect(await prepare(browser())).toMatchObject({ __typename: 'NotSignedIn' })
  const service = browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  expect(await prepare(service)).toMatchObject({ __typename: 'NotAllowed' })
  expect(users).toEqual([])
})

test('a page of another site prepares nothing, because its browser keeps no cookie', async () => {
  const { signIn, asked } = await createPreparingGateway()
  const ada = await signIn('ada')
  ada.headers['sec-fetch-site'] = 'cross-site'
  ada.headers.origin = 'http://localhost:3000'
  expect(await prepare(ada)).toMatchObject({ __typename: 'NotAllowed' })
  expect(asked).toEqual([])
})

test('what cannot be connected is not prepared, and leaves no event', async () => {
  const { signIn, users } = await createPreparingGateway()
  const [ada, mallory] = [await signIn('ada'), await signIn('mallory')]
  const accountId = await ada.connectOpenai()
  const refused = [
    [{ app: 'no_such_app' }, 'UnknownApp'],
    [{ app: '../tokens' }, 'UnknownApp'],
    [{}, 'InvalidInput'],
    [{ accountId }, 'AccountNotFound'],
  ] as const
  for (const [input, __typename] of refused) {
    expect(await prepare(mallory, input)).toMatchObject({ __typename })
  }
  expect(users).toEqual(['ada'])
  expect(await eventsOf(mallory)).toEqual([])
})

test('a failure is not kept: the click mints', async () => {
  const { signIn, intercept } = await createPreparingGateway()
  const ada = await signIn('ada')
  intercept((request) =>
    request.url.endsWith('/tokens') ? new Response('', { status: 400 }) : undefined,
  )
  expect((await prepare(ada)).__typename).toMatch(/Error$/)
  intercept(() => undefined)
  expect(await create(ada)).toMatchObject(CREATED)
  expect(await eventsOf(ada)).toEqual(['FLOW_CREATED'])
})
