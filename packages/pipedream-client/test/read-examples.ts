import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A `ts` block of a document. */
export interface Example {
  /** Document and line where the block starts, such as `README.md:14`. */
  where: string
  /** The block without its hidden code. */
  shown: string
  /** The block, including its `<!-- before` and `<!-- after` comments. */
  source: string
}

// An HTML comment directly before or after a block contains hidden code, such as the names that the block uses, or a call of
// the function that it declares.
const BLOCK =
  /(?:<!-- before\n(?<before>(?:(?!-->)[^])*)-->\s*)?^```ts\n(?<shown>[^]*?)^```$(?:\s*<!-- after\n(?<after>(?:(?!-->)[^])*)-->)?/gm

/** Every `ts` block of the README and the documents in `docs`. */
export function readExamples(root: string): Example[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', ...docs.map((name) => join('docs', name))].flatMap((name) =>
    examplesOf(basename(name), readFileSync(join(root, name), 'utf8')),
  )
}

/** The blocks of one document. */
export function examplesOf(document: string, text: string): Example[] {
  return [...text.replaceAll('\r\n', '\n').matchAll(BLOCK)].map((match) => {
    const { before = '', shown = '', after = '' } = match.groups ?? {}
    const line = text.slice(0, match.index + match[0].indexOf('```ts')).split('\n').length
    return { where: `${document}:${line}`, shown, source: `${before}${shown}${after}` }
  })
}
