// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { refusalOf } from '../run-proof.ts'

/** Access tokens and connect tokens. */
export const tokenProofs: readonly Proof[] = [
  prove('oauthTokens.create', 'POST /v1/oauth/token', {
    'lasts an hour': async ({ client, emulator }) => {
      const { clientId, clientSecret } = emulator.credentials
      const created = await client.oauthTokens.create({ clientId, clientSecret })
      expect(created).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
      expect(created.accessToken).not.toBe('')
    },
    'bound to its scope': async ({ client, emulator, url }) => {
      const { clientId, clientSecret, projectId } = emulator.credentials
      const scope = 'connect:accounts:read'
      const { accessToken } = await client.oauthTokens.create({ clientId, clientSecret, scope })
      const ask = async (path: string) => {
        const headers = { authorization: `Bearer ${accessToken}` }
        return (await fetch(`${url}/v1/connect/${projectId}/${path}`, { headers })).status
      }
      expect([await ask('accounts'), await ask('users')]).toEqual([200, 403])
    },
    'a wrong secret is refused': async ({ client, emulator }) => {
      const { clientId, clientSecret } = emulator.credentials
      await client.oauthTokens.create({ clientId, clientSecret })
      const refusal = await refusalOf(
        client.oauthTokens.create({ clientId, clientSecret: 'not-the-secret' }),
      )
      expect(refusal.statusCode).toBe(401)
      expect(refusal.body).toMatchObject({ error: 'invalid_client' })
    },
  }),
  prove('rawAccessToken', 'POST /v1/oauth/token', {
    'opens the API': async ({ client, url }) => {
      const headers = { authorization: `Bearer ${await client.rawAccessToken}` }
      expect((await fetch(`${url}/v1/connect/projects`, { headers })).status).toBe(200)
    },
  }),
  prove('tokens.create', 'POST /v1/connect/{project}/tokens', {
    'created for one user': async ({ client }) => {
      const created = await client.tokens.create({ externalUserId: 'ada', expiresIn: 60 })
      expect(created.token).toMatch(/^ctok_[0-9a-f]{32}$/)
      expect(created.expiresAt).toBeInstanceOf(Date)
      expect(new URL(created.connectLinkUrl).searchParams.get('token')).toBe(created.token)
    },
    'every option kept': async ({ client }) => {
      const { token } = await client.tokens.create({
        externalUserId: 'ada',
        allowedOrigins: ['https://app.example.com'],
        successRedirectUri: 'https://app.example.com/ok',
        errorRedirectUri: 'https://app.example.com/failed',
        webhookUri: 'https://app.example.com/hook',
        allowProgressiveScopes: true,
        scope: 'connect:*',
        appId: 'slack',
      })
      expect(await client.tokens.validate(token, { appId: 'slack' })).toMatchObject({
        successRedirectUri: 'https://app.example.com/ok',
        errorRedirectUri: 'https://app.example.com/failed',
      })
    },
    'single use': async ({ client }) => {
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      const keys = { appSlug: 'openai', cfmapJson: '{"api_key":"a"}', connectToken: token }
      await client.accounts.create(keys)
      expect((await refusalOf(client.accounts.create(keys))).statusCode).toBeGreaterThan(399)
      expect(await client.tokens.validate(token, { appId: 'openai' })).toMatchObject({
        success: false,
      })
    },
    'over the limit: 429': async ({ client }) => {
      const create = () =>
        client.tokens.create({ externalUserId: 'ada' }, { maxRetries: 0, timeoutInSeconds: 30 })
      // The limit is 100 per minute. A new minute may start in between, so one of two users exceeds it.
      const calls = Array.from({ length: 201 }, () => refusalOf(create()).catch(() => undefined))
      const refusals = await Promise.all(calls)
      const refusal = refusals.find((one) => one !== undefined)
      expect(refusal?.statusCode).toBe(429)
      expect(Number(refusal?.rawResponse?.headers.get('retry-after'))).toBeGreaterThan(0)
    },
  }),
  prove('tokens.validate', 'GET /v1/connect/tokens/{token}/validate', {
    'returns app and project': async ({ client, emulator }) => {
      const { token } = await client.tokens.create({ externalUserId: 'ada' })
      expect(await client.tokens.validate(token, { appId: 'slack' })).toMatchObject({
        success: true,
        app: { nameSlug: 'slack', authType: 'oauth', scopeProfiles: expect.any(Array) },
        projectId: emulator.credentials.projectId,
        projectEnvironment: 'development',
        projectAppName: 'Acme',
      })
    },
    'an expired token is reported': async ({ client, emulator }) => {
      const { token } = await client.tokens.create({ externalUserId: 'ada', expiresIn: 60 })
      emulator.clock.advance(61_000)
      const { success, error } = await client.tokens.validate(token, { appId: 'slack' })
      expect({ success, error }).toEqual({ success: false, error: expect.any(String) })
    },
  }),
  prove(null, 'POST /v1/connect/rate_limits', {
    'limits calls that carry its token': async ({ client, url }) => {
      const response = await fetch(`${url}/v1/connect/rate_limits`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await client.rawAccessToken}` },
        body: JSON.stringify({ window_size_seconds: 10, requests_per_window: 1 }),
      })
      const { token }: { token: string } = await response.json()
      const options = { headers: { 'x-pd-rate-limit': token }, maxRetries: 0 }
      await client.accounts.list({}, options)
      expect((await refusalOf(client.accounts.list({}, options))).statusCode).toBe(429)
    },
  }),
]
