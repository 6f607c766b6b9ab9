import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import GithubSlugger from 'github-slugger'
import type { Heading, Nodes } from 'mdast'
import { type Document, ROOT, walk } from './read-documents.ts'

/** The relative links and anchors of a document that lead nowhere, and the paths in backticks that do not exist. */
export function findDeadLinks(document: Document, all: readonly Document[]): string[] {
  return walk(document.tree).flatMap((node) =>
    [
      ...urlsOf(node).filter((url) => !leads(url, document, all)),
      ...missingPathOf(node, document),
    ].map((url) => `${document.path}:${node.position?.start.line}: ${url}`),
  )
}

// A folder of the root, or a source file in any folder; not a pattern, and not built.
const PATH =
  /^(?!.*(?:\*|\.\.\.|\bdist\/))(?:(?:apps|packages|scripts|docs|examples|bench)\/[\w./-]+|[\w-]+\/[\w./-]+\.(?:tsx?|mjs|md|graphql))$/

/** A path is written from the root, from the folder of the document, or from the `src` or `src/lib` next to it. */
function missingPathOf(node: Nodes, { path }: Document): string[] {
  if (node.type !== 'inlineCode' || !PATH.test(node.value)) return []
  const folder = posix.dirname(path)
  const folders = ['', folder, posix.join(folder, 'src'), posix.join(folder, 'src/lib')]
  return folders.some((from) => existsSync(join(ROOT, from, node.value))) ? [] : [node.value]
}

function urlsOf(node: Nodes): string[] {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return [node.url]
  if (node.type !== 'html') return []
  return [...node.value.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, url = '']) => url)
}

function leads(url: string, document: Document, all: readonly Document[]): boolean {
  // Other sites, and mail addresses.
  if (/^[a-z][a-z+.-]*:/i.test(url)) return true
  const [given = '', anchor] = url.split('#')
  const folder = posix.dirname(document.path)
  const path = given === '' ? document.path : posix.join(folder, decodeURIComponent(given))
  const target = all.find((one) => one.path === path || one.path === posix.join(path, 'README.md'))
  if (target === undefined && !isThere(path)) return false
  if (anchor === undefined) return true
  return target !== undefined && anchorsOf(target).has(anchor)
}

function isThere(path: string): boolean {
  return !path.startsWith('../') && existsSync(join(ROOT, path))
}

/** The anchors that GitHub creates for headings, and those that the document sets itself. */
function anchorsOf({ tree }: Document): ReadonlySet<string> {
  const slugger = new GithubSlugger()
  const nodes = walk(tree)
  const headings = nodes.filter((node): node is Heading => node.type === 'heading')
  const own = nodes.flatMap((node) =>
    node.type === 'html'
      ? [...node.value.matchAll(/\b(?:id|name)="([^"]*)"/g)].map(([, id = '']) => id)
      : [],
  )
  return new Set([...headings.map((heading) => slugger.slug(textOf(heading))), ...own])
}

function textOf(node: Nodes): string {
  return walk(node)
    .map((one) => (one.type === 'text' || one.type === 'inlineCode' ? one.value : ''))
    .join('')
}
