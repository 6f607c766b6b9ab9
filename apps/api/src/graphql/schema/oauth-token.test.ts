import { expect, test } from 'vitest'
import { sha256 } from '../../store/secrets.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'

const OAUTH_TOKEN = `mutation ($input: OAuthTokenInput) { oauthToken(input: $input) {
  __typename ... on OAuthToken { accessToken tokenType expiresAt } ... on Error { message } } }`

test('a user never gets the workspace’s access token', async () => {
  const { signIn, browser } = await createTestGateway()
  expect(await (await signIn('ada')).field(OAUTH_TOKEN)).toMatchObject({ __typename: 'NotAllowed' })
  expect(await browser().field(OAUTH_TOKEN)).toMatchObject({ __typename: 'NotSignedIn' })
})

test('an operator and a service get one that Pipedream accepts', async () => {
  const key = 'emulator-service-key-for-these-tests'
  const { signIn, browser, emulator } = await createTestGateway({ serviceKeyHash: sha256(key) })
  const service = browser()
  service.headers.authorization = `Bearer ${key}`
  for (const trusted of [await signIn('olga', 'operator'), service]) {
    const { accessToken, tokenType } = await trusted.field(OAUTH_TOKEN)
    expect(tokenType).toBe('Bearer')
    const answer = await emulator.fetch(
      new Request('http://localhost:4010/v1/connect/proj_emulator/accounts', {
        headers: {
          authorization: `Bearer ${String(accessToken)}`,
          'x-pd-environment': 'development',
        },
      }),
    )
    expect(answer.status).toBe(200)
  }
})

test('a scope that Pipedream does not know is the caller’s to mend', async () => {
  const { signIn } = await createTestGateway()
  const olga = await signIn('olga', 'operator')
  expect(await olga.field(OAUTH_TOKEN, { input: { scope: 'connect:nope' } })).toMatchObject({
    __typename: 'InvalidInput',
    message: expect.stringContaining('connect:nope'),
  })
})
