import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatDocument, stringifyDocument } from '@urql/core'
import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql'
import type { Plugin } from 'vite'

// A document: its constant, its text, and the constants of its fragments.
const DOCUMENT = /\bconst (\w+) = graphql\(\s*`([^`]*)`(?:,\s*\[([^\]]*)\])?,?\s*\)/g

interface WrittenDocument {
  text: string
  /** Names of the constants that hold its fragments. */
  fragments: string[]
}

/**
 * Replaces each operation in the code by its SHA-256, and adds `documents.json` to the build: the operations by their SHA-256,
 * which the gateway reads, so that it can refuse all others. What is left of a document in the code is what urql reads.
 * `withoutParser` removes the code that is then unused.
 */
export function compileDocuments(): Plugin {
  const documents = new Map<string, WrittenDocument>()
  let root = ''
  return {
    name: 'compile-documents',
    apply: 'build',
    enforce: 'pre',
    configResolved: (config) => void (root = config.root),
    async buildStart() {
      documents.clear()
      const exclude = ['**/*.test.*']
      for await (const file of glob('src/**/*.{ts,tsx}', { cwd: root, exclude })) {
        const code = await readFile(join(root, file), 'utf8')
        for (const [, name = '', text = '', fragments = ''] of code.matchAll(DOCUMENT)) {
          if (documents.has(name)) this.error(`Two documents are called ${name}.`)
          documents.set(name, { text, fragments: fragments.match(/\w+/g) ?? [] })
        }
      }
    },
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes(' graphql(')) return undefined
      const compiled = code.replaceAll(DOCUMENT, (_call, name: string) => {
        return `const ${name} = ${compile(definitionsOf(name, documents))}`
      })
      if (compiled.includes(' graphql(')) this.error('A document needs a constant of its own.')
      return { code: compiled, map: null }
    },
    generateBundle() {
      const operations = [...documents.keys()].map((name) => definitionsOf(name, documents))
      const texts = operations.filter(isOperation).map(sentText)
      const byHash = Object.fromEntries(texts.map((text) => [sha256(text), text]))
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(byHash) })
    },
  }
}

const PARSER = '@0no-co/graphql.web'
const TADA = 'gql.tada'
const EMPTY = '\0without-parser:'

/** Removes the GraphQL parser and printer of urql and gql.tada, which compiled documents don't need. */
export function withoutParser(): Plugin {
  return {
    name: 'without-parser',
    apply: 'build',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      if (id === TADA) return EMPTY + id
      if (id !== PARSER || importer?.startsWith(EMPTY)) return undefined
      const parser = await this.resolve(id, importer, { ...options, skipSelf: true })
      return parser && EMPTY + parser.id
    },
    load(id) {
      if (!id.startsWith(EMPTY)) return undefined
      const replaced = id.slice(EMPTY.length)
      if (replaced === TADA) {
        return `
          export const initGraphQLTada = () => undefined
          export const readFragment = (_fragment, data) => data`
      }
      return `
        export { GraphQLError, Kind } from ${JSON.stringify(replaced)}
        export const parse = () => { throw new Error('This document is not compiled.') }
        export const print = () => ''`
    },
  }
}

type Operation = [OperationDefinitionNode, ...DefinitionNode[]]

function isOperation(definitions: DefinitionNode[]): definitions is Operation {
  return definitions[0]?.kind === Kind.OPERATION_DEFINITION
}

/** What stands in the code for a document: for an operation its hash, name and kind, for a fragment nothing. */
function compile(definitions: DefinitionNode[]): string {
  if (!isOperation(definitions)) return 'null'
  const [{ kind, operation, name }] = definitions
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [] }
  return JSON.stringify({
    kind: Kind.DOCUMENT,
    definitions: [{ kind, operation, name, selectionSet }],
    documentId: sha256(sentText(definitions)),
  })
}

/** The text of an operation as urql sends it. urql has a printer of its own, and its cache adds `__typename`s. */
function sentText(definitions: Operation): string {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions }
  const [{ operation }] = definitions
  if (operation === OperationTypeNode.SUBSCRIPTION) return stringifyDocument(document)
  // @ts-expect-error urql's types of formatted documents don't know `exactOptionalPropertyTypes`.
  return stringifyDocument(formatDocument(document))
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
