/**
 * The names that code blocks may use without declaring them, because an earlier block or the surrounding text introduces them.
 * A block that declares or imports a name uses its own.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createPipedreamClient, type PipedreamClient } from 'pipedream-client/server'
import type { Emulator } from 'pipedream-emulator'
import { listen as listenOnPort, type ListeningEmulator } from 'pipedream-emulator/listen'
import type { CreateConnectToken, PreparedConnectToken } from 'pipedream-client/react'
import type { RunningGateway } from './start-gateway.ts'

export { createPipedreamClient } from 'pipedream-client/server'
export { createEmulator } from 'pipedream-emulator'
export { ConnectButton, ConnectProvider } from 'pipedream-client/react'

/** A listening emulator with a Slack account and a deployed trigger of ada; a new one for every block. */
export let emulator: Emulator
/** Its address. */
export let url: string
/** A client of the emulator. */
export let client: PipedreamClient
export let pipedream: PipedreamClient
export let triggerId: string
/** The origin of a running gateway, and a JWT and a service's key that it accepts. */
export let gateway: string
export let jwt: string
export let serviceKey: string

export const accountId = 'apn_AdaSlack'
export const externalUserId = 'ada'
export const userId = 'ada'
export const input = { app: 'google_sheets' }
export const query = `mutation ($input: CreateConnectTokenInput!) {
  createConnectToken(input: $input) { __typename ... on ConnectToken { token connectUrl flow { id } } }
}`

/** Functions of the host product. */
export const createConnectToken: CreateConnectToken = async () => ({
  connectToken: 'ctok_example',
  expiresAt: new Date(Date.now() + 60_000),
})
export const prepareConnectToken = async (): Promise<PreparedConnectToken> => ({
  expiresAt: new Date(Date.now() + 60_000),
})
export const onOpen = (): void => undefined
export const confirm = (): void => undefined
export const readUserId = async (): Promise<string | undefined> => userId
export const signGatewayToken = async (user: string): Promise<string> => `signed for ${user}`

/** Functions of an earlier block of docs/integrating.md. */
export async function createCodePair(): Promise<{ codeVerifier: string; codeChallenge: string }> {
  const codeVerifier = randomBytes(32).toString('base64url')
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  return { codeVerifier, codeChallenge }
}
export async function ask(bearer: string, query: string, variables: object) {
  const response = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()).data.result
}

const listening: ListeningEmulator[] = []

export async function listen(
  options?: Parameters<typeof listenOnPort>[0],
): Promise<ListeningEmulator> {
  const started = await listenOnPort(options)
  listening.push(started)
  return started
}

/** Creates fresh values for a block. */
export async function prepareNames(running: RunningGateway): Promise<void> {
  ;({ url: gateway, jwt, serviceKey } = running)
  ;({ emulator, url } = await listen({
    port: 0,
    fetch: async () => ({ status: 200 }),
    sleep: async () => undefined,
    seed: {
      accounts: [
        { externalUserId, app: 'slack', id: accountId },
        { externalUserId, app: 'google_sheets', id: 'apn_AdaSheets' },
      ],
    },
  }))
  client = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    baseUrl: url,
  })
  pipedream = client
  const { id } = await client.triggers.deploy({
    key: 'slack-new-message',
    externalUserId,
    configuredProps: { slack: { authProvisionId: accountId } },
  })
  triggerId = id ?? ''
}

/** Stops the emulators that a block started. */
export async function releaseNames(): Promise<void> {
  await Promise.all(listening.splice(0).map((one) => one.close()))
}
