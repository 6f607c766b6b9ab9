import { createHash } from 'node:crypto'
import { formatDocument, stringifyDocument } from '@urql/core'
import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  OperationTypeNode,
  parse,
  stripIgnoredCharacters,
} from 'graphql'
import type { Plugin } from 'vite'

// A call of `graphql`: the constant that holds the document, its text, and the constants of its fragments.
const CALL = /(?:\bconst (\w+) = )?\bgraphql\(\s*`([^`]*)`(?:,\s*\[([^\]]*)\])?/g

interface WrittenDocument {
  text: string
  /** Names of the constants that hold its fragments. */
  fragments: string[]
}

/**
 * Adds `documents.json` to the build: the page's operations by their SHA-256, so that the gateway can refuse all others.
 * It also shortens the documents in the code, which urql prints again before it sends or hashes them.
 */
export function listDocuments(): Plugin {
  const documents = new Map<string, WrittenDocument>()
  return {
    name: 'list-documents',
    apply: 'build',
    enforce: 'pre',
    buildStart: () => documents.clear(),
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes(' graphql(')) return undefined
      for (const [call, name, text = '', fragments = ''] of code.matchAll(CALL)) {
        if (name === undefined) this.error(`A document needs a constant of its own: ${call}`)
        if (documents.has(name)) this.error(`Two documents are called ${name}.`)
        documents.set(name, { text, fragments: fragments.match(/\w+/g) ?? [] })
      }
      return { code: code.replaceAll(CALL, shorten), map: null }
    },
    generateBundle() {
      const texts = [...documents.keys()].flatMap((name) => sentText(name, documents))
      const byHash = Object.fromEntries(texts.map((text) => [sha256(text), text]))
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(byHash) })
    },
  }
}

function shorten(call: string, _name: string | undefined, text: string): string {
  return call.replace(text, () => stripIgnoredCharacters(text))
}

/** The text that urql sends; none for a fragment. urql has a printer of its own, and its cache adds `__typename`s. */
function sentText(name: string, documents: ReadonlyMap<string, WrittenDocument>): string[] {
  const definitions = definitionsOf(name, documents)
  const [first] = definitions
  if (first?.kind !== Kind.OPERATION_DEFINITION) return []
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions }
  if (first.operation === OperationTypeNode.SUBSCRIPTION) return [stringifyDocument(document)]
  // @ts-expect-error urql's types of formatted documents don't know `exactOptionalPropertyTypes`.
  return [stringifyDocument(formatDocument(document))]
}

/** The definitions of a document in gql.tada's order: its own, then those of its fragments, each once. */
function definitionsOf(
  name: string,
  documents: ReadonlyMap<string, WrittenDocument>,
): DefinitionNode[] {
  const document = documents.get(name)
  if (!document) throw new Error(`There is no document ${name}.`)
  const own = parse(document.text, { noLocation: true }).definitions
  const others = document.fragments.flatMap((fragment) => definitionsOf(fragment, documents))
  const fragments = new Map(
    others.map((node) => [node.kind === Kind.FRAGMENT_DEFINITION && node.name.value, node]),
  )
  return [...own, ...fragments.values()]
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
