import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** A Markdown file of the repository. */
export interface Document {
  /** From the root, with slashes. */
  path: string
  text: string
  tree: Nodes
}

// Installed and built files, and changelogs, which may mention files that are gone.
const SKIPPED = new Set(['node_modules', 'dist', 'CHANGELOG.md'])

/** Returns every Markdown file of the repository. */
export function readDocuments(): Document[] {
  return list(ROOT)
    .toSorted()
    .map((path) => readDocument(path, readFileSync(join(ROOT, path), 'utf8')))
}

export function readDocument(path: string, content: string): Document {
  const text = content.replaceAll('\r\n', '\n')
  return { path, text, tree: fromMarkdown(text) }
}

function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return list(path)
    return entry.name.endsWith('.md') ? [relative(ROOT, path).split(sep).join('/')] : []
  })
}

/** Returns a node and all its descendants, in the order of the text. */
export function walk(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(walk) : [])]
}
