import { expect, test } from 'vitest'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'

const DISCONNECT = `mutation ($accountId: ID!) {
  disconnectAccount(input: { accountId: $accountId }) {
    __typename ... on DisconnectedAccount { accountId } ... on Error { message } } }`

test('a user sees only their own accounts', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const grace = await signIn('grace')
  const adas = [await ada.connectOpenai(), await ada.connectOpenai()]
  const graces = [await grace.connectOpenai()]
  expect((await ada.accountIds()).toSorted()).toEqual(adas.toSorted())
  expect(await grace.accountIds()).toEqual(graces)
})

test('accounts come by page and by app', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  await ada.connectOpenai()
  await ada.connectOpenai()
  const list = (fields: string) =>
    ada.query(`{ viewer { accounts(${fields}) { __typename
      ... on AccountConnection { totalCount nodes { id } pageInfo { hasNextPage endCursor } } ... on InvalidInput { field } } } }`)
  expect(await list('first: 1')).toMatchObject({
    viewer: { accounts: { totalCount: 2, nodes: [{}], pageInfo: { hasNextPage: true } } },
  })
  expect(await list('app: "slack"')).toMatchObject({ viewer: { accounts: { nodes: [] } } })
  for (const first of [0, -1, 101]) {
    expect(await list(`first: ${first}`)).toMatchObject({
      viewer: { accounts: { __typename: 'InvalidInput', field: 'first' } },
    })
  }
})

test('disconnecting deletes the account upstream', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  expect(await ada.field(DISCONNECT, { accountId })).toEqual({
    __typename: 'DisconnectedAccount',
    accountId,
  })
  expect(await ada.accountIds()).toEqual([])
  expect(await ada.field(DISCONNECT, { accountId })).toMatchObject({
    __typename: 'AccountNotFound',
  })
})

test('a user cannot disconnect another user’s account', async () => {
  const { signIn, browser } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  const mallory = await signIn('mallory', 'operator')
  expect(await mallory.field(DISCONNECT, { accountId })).toMatchObject({
    __typename: 'AccountNotFound',
  })
  expect(await browser().field(DISCONNECT, { accountId })).toMatchObject({
    __typename: 'NotSignedIn',
  })
  expect(await ada.accountIds()).toEqual([accountId])
})

test('an account whose app Pipedream does not name can still be disconnected', async () => {
  const { signIn, intercept } = await createTestGateway()
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  intercept(({ url, method }) =>
    method === 'GET' && url.includes(accountId)
      ? Response.json({ id: accountId, external_id: 'ada' })
      : undefined,
  )
  expect(await ada.field(DISCONNECT, { accountId })).toMatchObject({
    __typename: 'DisconnectedAccount',
  })
})
