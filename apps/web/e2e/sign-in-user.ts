import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BrowserContext } from 'chromium'
import type { Stack } from './start-stack.ts'

/** The hashes of the page's operations. */
type Operations = Record<string, string>

export interface User {
  name: string
  /** Connects an account without a page, for tests that only need the account. `app`: a slug; default `google_sheets`. */
  connect: (accountName: string, app?: string) => Promise<void>
  /** Gives the consent for a connect token without a page. Returns the account's ID. */
  consent: (query: { app: string; token: string }, accountName: string) => Promise<string>
}

/** Signs a new user in to a browser context over HTTP. */
export async function signInUser(
  { request }: BrowserContext,
  { appUrl, emulatorUrl, startCode }: Stack,
  role: 'user' | 'operator',
): Promise<User> {
  const name = `user-${randomUUID()}`
  const operations = readOperations()

  async function mutate(operationName: string, input: object) {
    const extensions = { persistedQuery: { version: 1, sha256Hash: operations[operationName] } }
    const data = { operationName, variables: { input }, extensions }
    const response = await request.post(`${appUrl}/graphql`, { data })
    return (await response.json()).data
  }

  async function consent(query: { app: string; token: string }, account: string): Promise<string> {
    const attempt = randomUUID().replaceAll('-', '')
    const params = { ...query, attempt }
    const consentPage = await request.get(`${emulatorUrl}/_static/oauth/start`, { params })
    const state = new URL(consentPage.url()).searchParams.get('state') ?? ''
    // The emulator redirects to where the attempt ends.
    await request.post(consentPage.url(), { form: { state, account, decision: 'allow' } })
    const ended = await request.get(`${emulatorUrl}/_static/oauth/attempts/${attempt}`)
    return (await ended.json()).accountId
  }

  await request.post(`${appUrl}/auth/demo`, {
    data: { externalUserId: name, role, code: startCode },
  })
  return {
    name,
    consent,
    async connect(accountName, app = 'google_sheets') {
      const { createConnectToken: created } = await mutate('CreateConnectToken', { app })
      const flowId: string = created.flow.id
      await mutate('OpenFlow', { flowId })
      const accountId = await consent({ app, token: created.token }, accountName)
      const { confirmConnection: confirmed } = await mutate('ConfirmConnection', {
        flowId,
        accountId,
      })
      if (confirmed.__typename !== 'ConfirmedConnection') throw new Error(confirmed.message)
    },
  }
}

// The gateway accepts only the operations that the build has listed, by their hashes.
function readOperations(): Operations {
  const file = new URL('../dist/documents.json', import.meta.url)
  const documents: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  return Object.fromEntries(
    Object.entries(documents).map(([hash, text]) => [/^\w+ (\w+)/.exec(text)?.[1] ?? '', hash]),
  )
}
