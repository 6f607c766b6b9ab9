import { PipedreamClient as OfficialClient } from '@pipedream/sdk'
import type { Emulator, EmulatorOptions } from 'pipedream-emulator'
import { listen } from 'pipedream-emulator/listen'

/** An emulator on its own port, and official clients that use it. */
export interface Scene extends AsyncDisposable {
  emulator: Emulator
  /** Without a slash at the end. */
  url: string
  /** The official client of a server, in `development`. */
  client: OfficialClient
  /** The same in `production`. */
  production: OfficialClient
  /** The official client of a page: with a connect token of one user, without project and environment. */
  asUser: (externalUserId: string) => Promise<OfficialClient>
  /** Connects an app that uses an API key, with the official client. Returns the account's id. */
  connectKey: (externalUserId: string) => Promise<string>
  /** Adds an account of an OAuth app, and returns its id. */
  addAccount: (app: string, externalUserId?: string) => string
  /** The requests to webhooks, as sent. */
  sent: SentWebhook[]
}

interface SentWebhook {
  url: string
  headers: Headers
  body: string
}

/** Creates a scene that shares nothing with other scenes. */
export async function setScene(options: EmulatorOptions = {}): Promise<Scene> {
  const sent: SentWebhook[] = []
  const { url, emulator, close } = await listen({
    port: 0,
    fetch: async (to, { headers, body }) => {
      sent.push({ url: to, headers: new Headers(headers), body })
      return { status: 200 }
    },
    ...options,
  })
  const server = { ...emulator.credentials, baseUrl: url }
  const client = new OfficialClient({ ...server, projectEnvironment: 'development' })
  return {
    emulator,
    url,
    client,
    production: new OfficialClient({ ...server, projectEnvironment: 'production' }),
    sent,
    asUser: async (externalUserId) => {
      const { token } = await client.tokens.create({ externalUserId })
      return new OfficialClient({ baseUrl: url, tokenProvider: { getToken: async () => token } })
    },
    connectKey: (externalUserId) => connectKey(client, externalUserId),
    addAccount(app, externalUserId = 'ada') {
      const [id = ''] = emulator.seed({ accounts: [{ app, externalUserId }] }).accountIds
      return id
    },
    [Symbol.asyncDispose]: close,
  }
}

async function connectKey(client: OfficialClient, externalUserId: string): Promise<string> {
  const { token } = await client.tokens.create({ externalUserId })
  const { id } = await client.accounts.create({
    appSlug: 'openai',
    cfmapJson: JSON.stringify({ api_key: 'an-example-key' }),
    connectToken: token,
  })
  return id
}
