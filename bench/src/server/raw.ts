// The least that a proxy can do: node:http in front, node:http behind, the same call to Pipedream. No GraphQL, no validation.
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { PROJECT, SERVICE_KEY } from './project.ts'
import { serve } from './serve.ts'

const upstream = new URL(process.env['BENCH_UPSTREAM'] ?? '')
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const headers = {
  authorization: 'Bearer bench',
  'content-type': 'application/json',
  'x-pd-environment': PROJECT.projectEnvironment,
}
const project = `/v1/connect/${PROJECT.projectId}`

serve(
  createServer((incoming, outgoing) => {
    if (incoming.headers.authorization === `Bearer ${SERVICE_KEY}`) {
      readAll(incoming, (body) => pass(body, outgoing))
    } else {
      outgoing.writeHead(401).end()
    }
  }),
)

function pass(body: string, outgoing: ServerResponse): void {
  const { variables }: Body = JSON.parse(body)
  if (variables?.input === undefined) {
    call('GET', `${project}/accounts?external_user_id=ada&limit=20`, '', outgoing)
  } else {
    const sent = { external_user_id: variables.input.externalUserId, expires_in: 900 }
    call('POST', `${project}/tokens`, JSON.stringify(sent), outgoing)
  }
}

interface Body {
  variables?: { input?: { externalUserId: string } }
}

// oxlint-disable-next-line eslint/max-params -- four short values
function call(method: string, path: string, body: string, outgoing: ServerResponse): void {
  const { hostname, port } = upstream
  const length = Buffer.byteLength(body)
  const sent = request(
    { agent, hostname, port, method, path, headers: { ...headers, 'content-length': length } },
    (answer) =>
      readAll(answer, (text) => {
        const data = JSON.stringify({ data: JSON.parse(text) as unknown })
        const contentLength = Buffer.byteLength(data)
        outgoing
          .writeHead(200, { 'content-type': 'application/json', 'content-length': contentLength })
          .end(data)
      }),
  )
  sent.end(body)
}

function readAll(message: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = []
  message.on('data', (chunk: Buffer) => chunks.push(chunk))
  message.on('end', () => done(Buffer.concat(chunks).toString()))
}
