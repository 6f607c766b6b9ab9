// Makes many calls over keep-alive connections, on every runtime that has `node:http`. Its argument is the address of Pipedream; it
// prints the results as one line of JSON.
import { createNodeTransport } from 'pipedream-client/node'
import { createPipedreamClient, PipedreamError } from 'pipedream-client/server'

const baseUrl = process.argv.at(-1) ?? ''
// Without the environment, which a runtime may withhold.
const transport = createNodeTransport({ maxSockets: 4, env: {} })
const pipedream = createPipedreamClient({
  clientId: 'emulator-client',
  clientSecret: 'emulator-secret',
  projectId: 'proj_emulator',
  projectEnvironment: 'development',
  baseUrl,
  fetch: transport,
})

const pages = await Promise.all(
  Array.from({ length: 12 }, () => pipedream.accounts.list({ externalUserId: 'ada', limit: 1 })),
)
const { connectToken } = await pipedream.connectTokens.create({ externalUserId: 'ada' })
const missing = await codeOf(pipedream.accounts.get('apn_none'))
const patience = new AbortController()
const call = pipedream.apps.list({}, { signal: patience.signal })
patience.abort()
const late = await codeOf(call)
transport.close()
const closed = await codeOf(pipedream.apps.list({}, { repeatable: false }))

const accounts = pages.map(({ data }) => data.length)
console.log(
  JSON.stringify({ accounts, connectToken: connectToken.slice(0, 5), missing, late, closed }),
)

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((reason: unknown) => reason)
  return error instanceof PipedreamError ? error.code : `surprise: ${String(error)}`
}
