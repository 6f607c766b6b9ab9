import { GraphQLError } from 'graphql'
import type { TrustedDocuments } from './trusted-documents.ts'

/** An operation as a client sends it. */
export interface SentOperation {
  query: string
  operationName: string | null
  variables: Record<string, unknown>
}

/**
 * Reads an operation from the JSON body of a request: its text as `query`, or the hash of one of the web build's operations in
 * `extensions.persistedQuery`. Throws a `GraphQLError`.
 */
export function readOperation(body: string, trusted: TrustedDocuments): SentOperation {
  const sent = readObject(parseJson(body), 'the body')
  if (Object.keys(sent).some((name) => !MEMBERS.has(name) && sent[name] != null)) {
    throw invalid(UNKNOWN_MEMBER)
  }
  return {
    query: readQuery(sent, trusted),
    operationName: readString(sent, 'operationName'),
    variables: readObject(sent['variables'] ?? {}, '“variables”'),
  }
}

const MEMBERS = new Set(['query', 'variables', 'operationName', 'extensions'])

function readQuery(sent: Record<string, unknown>, { documents, only }: TrustedDocuments): string {
  const extensions = readObject(sent['extensions'] ?? {}, '“extensions”')
  const query = readString(sent, 'query')
  if (query !== null && only) throw invalid(ONLY, 'TRUSTED_DOCUMENTS_ONLY')
  if (query !== null) return query
  const { persistedQuery } = extensions
  const hash = isObject(persistedQuery) ? persistedQuery['sha256Hash'] : undefined
  if (typeof hash !== 'string') throw invalid(NO_OPERATION)
  const document = documents.get(hash)
  if (document === undefined) throw invalid(NOT_FOUND, 'PERSISTED_QUERY_NOT_FOUND')
  return document
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw invalid('The body is not valid JSON.')
  }
}

function readString(sent: Record<string, unknown>, name: string): string | null {
  const value = sent[name] ?? null
  if (value !== null && typeof value !== 'string') throw invalid(`“${name}” must be a string.`)
  return value
}

function readObject(value: unknown, what: string): Record<string, unknown> {
  if (!isObject(value)) throw invalid(`Send an object as ${what}.`)
  return value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const UNKNOWN_MEMBER =
  'Unexpected member in the body. Send “query”, “operationName”, “variables” and “extensions” only.'
const NOT_FOUND =
  'This page and the server have different versions. Reload the page. If that does not help, the operator must deploy both from the same build.'
const NO_OPERATION = 'Send an operation as “query”, or its hash in “extensions.persistedQuery”.'
const ONLY =
  'Only the operations of the built-in pages are accepted. To accept others, the operator sets TRUSTED_DOCUMENTS=off.'

function invalid(message: string, code = 'BAD_REQUEST'): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}
