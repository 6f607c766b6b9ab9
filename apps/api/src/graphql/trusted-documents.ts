import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { z } from 'zod'

/** The operations of a web build, by their SHA-256 in hexadecimal. */
export type Documents = ReadonlyMap<string, string>

export interface TrustedDocuments {
  documents: Documents
  /** Whether all other operations are rejected. */
  only: boolean
}

const manifest = z.record(z.string(), z.string())

/** Reads the operations that the web build lists; none if there is no build. Throws if a hash does not match. */
export async function readDocuments(file: string): Promise<Documents> {
  if (!existsSync(file)) return new Map()
  const documents = new Map(
    Object.entries(manifest.parse(JSON.parse(await readFile(file, 'utf8')))),
  )
  for (const [hash, text] of documents) {
    if (createHash('sha256').update(text).digest('hex') !== hash) {
      throw new Error(
        `${file} was changed: a hash does not match its operation. Build the web app again.`,
      )
    }
  }
  return documents
}

/** Executes the web build's operations by their hash. */
export function useTrustedDocuments({ documents, only }: TrustedDocuments): Plugin {
  return usePersistedOperations({
    getPersistedOperation: (hash) => documents.get(hash) ?? null,
    allowArbitraryOperations: !only,
    customErrors: {
      notFound: () => refusal('PERSISTED_QUERY_NOT_FOUND', NOT_FOUND),
      keyNotFound: () => refusal('BAD_REQUEST', NO_OPERATION),
      persistedQueryOnly: () => refusal('TRUSTED_DOCUMENTS_ONLY', ONLY),
    },
  })
}

const NOT_FOUND =
  'This page and the server have different versions. Reload the page. If that does not help, the operator must deploy both from the same build.'
const NO_OPERATION = 'Send an operation as “query”, or its hash in “extensions.persistedQuery”.'
const ONLY =
  'Only the operations of the built-in pages are accepted. To accept others, the operator sets TRUSTED_DOCUMENTS=off.'

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400, spec: false } } })
}
