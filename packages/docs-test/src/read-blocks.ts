import { parseEnv } from 'node:util'
import type { Nodes } from 'mdast'
import { type Document, walk } from './read-documents.ts'

/** A code block of a document, fenced or indented. */
export interface Block {
  /** Such as `README.md:14`. */
  where: string
  path: string
  /** The language of its fence, or the one that its lines are written in; empty for an unknown one. */
  language: string
  /** As the reader sees it. */
  code: string
  /** Code of a `<!-- before` comment, which the reader is spared: names that the block takes for granted. */
  before: string
  /** The same of an `<!-- after` comment: a call of the function that the block declares, say. */
  after: string
  /** The reason of a `<!-- not run: reason -->` comment; null where the block is run. */
  notRun: string | null
}

/** Every code block of a document. Comments belong to a block when they stand just before it, or just after it. */
export function readBlocks(document: Document): Block[] {
  const nodes = walk(document.tree)
  return nodes.flatMap((node, at) => {
    if (node.type !== 'code') return []
    const comments = commentsBefore(nodes, at)
    const { after = '' } = commentOf(nodes[at + 1], /^<!-- after\n(?<after>[^]*)-->$/)
    const before = comments.map((one) => one.before ?? '').join('')
    const notRun = comments.find((one) => one.reason !== undefined)?.reason ?? null
    const line = node.position?.start.line ?? 0
    const block = { where: `${document.path}:${line}`, path: document.path, code: node.value }
    return [{ ...block, language: languageOf(node.lang, node.value), before, after, notRun }]
  })
}

type Comment = Record<string, string | undefined>

function commentsBefore(nodes: readonly Nodes[], at: number): Comment[] {
  const found: Comment[] = []
  for (let index = at - 1; nodes[index]?.type === 'html'; index -= 1) {
    found.unshift(
      commentOf(nodes[index], /^<!-- before\n(?<before>[^]*)-->$/),
      commentOf(nodes[index], /^<!-- not run: (?<reason>[^]*\S)\s*-->$/),
    )
  }
  return found
}

function commentOf(node: Nodes | undefined, shape: RegExp): Comment {
  return node?.type === 'html' ? (shape.exec(node.value)?.groups ?? {}) : {}
}

/** A line of a file of settings: empty, a comment, or a name and a value without spaces, or in quotes. */
const SETTING = /^\s*(#.*)?$|^[A-Za-z_]\w*=("[^"]*"|'[^']*'|[^\s"']*)\s*(#.*)?$/

/** Commands that a block may begin with when its fence names no language. */
const COMMAND =
  /^\s*(\$ )?(npx|pnpm|npm|node|cd|curl|git|docker|corepack|pipedream-(client|emulator))\b/

function languageOf(given: string | null | undefined, code: string): string {
  const language = given ?? ''
  if (isAllOf(code, SETTING) && Object.keys(parseEnv(code)).length > 0) {
    return ['', 'sh', 'shell', 'bash', 'ini', 'dotenv', 'env'].includes(language) ? 'env' : language
  }
  if (['sh', 'shell', 'bash', 'console'].includes(language)) return 'sh'
  if (language !== '') return language
  if (COMMAND.test(code)) return 'sh'
  return isAllOf(code, /^\s*\{.*\}\s*$/) ? 'jsonl' : ''
}

function isAllOf(code: string, shape: RegExp): boolean {
  return code.split('\n').every((line) => shape.test(line))
}
