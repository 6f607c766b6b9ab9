import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A CPU profile of V8; times are in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  /** The node that ran at each sample. */
  samples: number[]
  /** The time before each sample since the one before it. */
  timeDeltas: number[]
}

/** Where a function is. */
export interface Place {
  /** A package, a folder of this repository, or a part of Node. */
  group: string
  file: string
  /** The function, with its file and line. */
  name: string
}

/** Returns the self time of each function, in microseconds, in the last part of a profile. */
export function readSelfTimes(
  { nodes, samples, timeDeltas }: CpuProfile,
  { root, lastUs }: { root: string; lastUs: number },
): { place: Place; us: number }[] {
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0)
  const byNode = new Map<number, number>()
  let at = 0
  for (const [index, node] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0
    at += delta
    if (at > total - lastUs) byNode.set(node, (byNode.get(node) ?? 0) + delta)
  }
  return nodes.flatMap(({ id, callFrame }) => {
    const us = byNode.get(id)
    return us === undefined ? [] : [{ place: placeOf(callFrame, root), us }]
  })
}

function placeOf(
  { functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame'],
  root: string,
): Place {
  const name = functionName || '(anonymous)'
  // Functions in C++ have no file; neither have V8's own entries, such as "(garbage collector)".
  if (url === '')
    return { group: /^\((?!anonymous)/.test(name) ? name : '(native)', file: name, name }
  const { group, file } = fileOf(url, root)
  return { group, file, name: `${name} ${file}:${lineNumber + 1}` }
}

const INSTALLED = /.*\/node_modules\/(.*)/
const OWN = /^(?:apps|packages)\/[^/]+\/src(?:\/[\w-]+(?=\/))?/

function fileOf(url: string, root: string): Pick<Place, 'group' | 'file'> {
  if (!url.startsWith('file:')) return { group: 'Node.js', file: url }
  const [, installed] = INSTALLED.exec(url) ?? []
  if (installed !== undefined) {
    return { group: /^(?:@[^/]+\/)?[^/]+/.exec(installed)?.[0] ?? installed, file: installed }
  }
  const file = relative(root, fileURLToPath(url)).split(sep).join('/')
  return { group: OWN.exec(file)?.[0] ?? file, file }
}
