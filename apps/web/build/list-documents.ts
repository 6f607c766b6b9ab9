import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { cacheExchange, Client, createRequest, fetchExchange } from '@urql/core'
import { type DocumentNode, Kind } from 'graphql'
import { createServer, normalizePath, type Plugin } from 'vite'

// With slashes, as Vite names files on Windows too.
const SOURCE = normalizePath(join(import.meta.dirname, '../src'))
const GRAPHQL = `${SOURCE}/graphql.ts`

/**
 * Adds `documents.json` to the build: every operation of the page by its SHA-256, so that the gateway can refuse all
 * others.
 */
export function listDocuments(): Plugin {
  return {
    name: 'list-documents',
    apply: 'build',
    async generateBundle() {
      const sent = await Promise.all((await collectDocuments()).map(asSent))
      const texts = sent.filter((text) => text !== undefined)
      const byHash = texts.map((text) => [sha256(text), text] as const)
      const source = JSON.stringify(Object.fromEntries(byHash))
      this.emitFile({ type: 'asset', fileName: 'documents.json', source })
    },
  }
}

/** Loads every module that has a document, as the browser will, and keeps what `graphql` makes there. */
async function collectDocuments(): Promise<DocumentNode[]> {
  const server = await createServer({
    configFile: false,
    root: join(SOURCE, '..'),
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [recordDocuments()],
  })
  try {
    for (const file of await filesWithDocuments()) await server.ssrLoadModule(file)
    const { documents } = await server.ssrLoadModule(GRAPHQL)
    return documents
  } finally {
    await server.close()
  }
}

function recordDocuments(): Plugin {
  return {
    name: 'record-documents',
    load: (id) => {
      if (id === GRAPHQL) return RECORDER
      // Vite takes what follows # or ? for a part of a URL, so it does not find a file below a folder that is named C#.
      return isSource(id) ? readFile(id, 'utf8') : undefined
    },
  }
}

// Of ours, also in another package; what is installed is loaded by Node.
function isSource(id: string): boolean {
  return isAbsolute(id) && /\.tsx?$/.test(id) && !id.includes('/node_modules/')
}

const RECORDER = `
  import { initGraphQLTada } from 'gql.tada'
  export { readFragment } from 'gql.tada'
  const parse = initGraphQLTada()
  export const documents = []
  export function graphql(...input) {
    const document = parse(...input)
    documents.push(document)
    return document
  }`

async function filesWithDocuments(): Promise<string[]> {
  const entries = await readdir(SOURCE, { recursive: true })
  const files = entries
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => normalizePath(join(SOURCE, name)))
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return files.filter((file, index) => file !== GRAPHQL && contents[index]?.includes(' graphql('))
}

// As urql really sends it: its cache asks for the typename of everything, and its printer has a style of its own.
async function asSent(document: DocumentNode): Promise<string | undefined> {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!operation) return undefined
  const sent = Promise.withResolvers<string>()
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [cacheExchange, fetchExchange],
    fetch(_url, init) {
      sent.resolve(typeof init?.body === 'string' ? JSON.parse(init.body).query : '')
      return Promise.resolve(Response.json({ data: {} }))
    },
  })
  const request = client.createRequestOperation(operation.operation, createRequest(document, {}))
  client.executeRequestOperation(request).subscribe(() => {})
  return sent.promise
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
