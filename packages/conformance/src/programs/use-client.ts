// The typical calls of a product's server, with web standards only.
import {
  createPipedreamClient,
  parseConnectionWebhook,
  PipedreamError,
  verifyTriggerWebhook,
} from 'pipedream-client/server'

/** Uses the client against the Pipedream at an address, and returns the results as JSON. */
export async function useClient(baseUrl: string) {
  const pipedream = createPipedreamClient({
    clientId: 'emulator-client',
    clientSecret: 'emulator-secret',
    projectId: 'proj_emulator',
    projectEnvironment: 'development',
    baseUrl,
  })

  const { connectToken, expiresAt } = await pipedream.connectTokens.create({
    externalUserId: 'ada',
  })

  const apps = await pipedream.apps.list({ limit: 3 })

  const accounts: string[] = []
  const page = await pipedream.accounts.list({ externalUserId: 'ada', limit: 2 })
  for await (const account of page) accounts.push(account.id)

  const missing = await pipedream.accounts.get('apn_none').catch((error: unknown) => error)
  const late = await pipedream.apps
    .list({}, { signal: AbortSignal.abort() })
    .catch((error: unknown) => error)

  const hint = parseConnectionWebhook(
    '{"event":"CONNECTION_ERROR","connect_token":"ctok_1","connect_session_id":340282366920938463463374607431768211455,"error":"No."}',
  )

  const event = {
    body: '{"text":"hello"}',
    signingKey: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    now: new Date('2026-01-01T00:01:00Z'),
  }
  const signature = 'fdddfe62a9078aef5ae335265c775e52b54f70996c6bfb2346f1a46136ceb0b9'
  const headers = new Headers({ 'X-PD-Signature': `t=1767225600,v1=${signature}` })
  const verified = await verifyTriggerWebhook({ ...event, headers })
  const forged = await verifyTriggerWebhook({ ...event, body: '{"text":"bye"}', headers }).catch(
    (error: unknown) => error,
  )

  return {
    connectToken: /^ctok_[0-9a-f]{32}$/.test(connectToken) && expiresAt.getTime() > Date.now(),
    apps: apps.data.length,
    accounts: accounts.toSorted(),
    missing: codeOf(missing),
    late: codeOf(late),
    connectSessionId: hint.connectSessionId,
    signedAt: verified.timestamp.toISOString(),
    forged: codeOf(forged),
  }
}

function codeOf(error: unknown): string {
  return error instanceof PipedreamError ? error.code : `surprise: ${String(error)}`
}
