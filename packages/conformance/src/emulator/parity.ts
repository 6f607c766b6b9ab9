import type { Proof } from './proof.ts'
import { runProof } from './run-proof.ts'

const BEGIN = '<!-- parity -->'
const END = '<!-- /parity -->'
const HEAD = ['Endpoint', 'Official SDK', 'Shown']

/** Returns the README with a table of the successful proofs. Throws if the README has no place for the table. */
export async function updateParity(readme: string, proofs: readonly Proof[]): Promise<string> {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) {
    throw new Error(`The README has no ${BEGIN} followed by ${END}.`)
  }
  const rows: string[][] = []
  for (const proof of proofs) {
    const shown = await listShown(proof)
    if (shown.length === 0) continue
    const method = proof.method === null ? '' : `\`${proof.method}\``
    rows.push([`\`${proof.endpoint}\``, method, shown.join('; ')])
  }
  return `${before}${BEGIN}\n\n${formatTable([HEAD, ...rows])}\n\n${END}${after}`
}

async function listShown(proof: Proof): Promise<string[]> {
  const shown: string[] = []
  for (const [words, show] of Object.entries(proof.shows)) {
    const isShown = await runProof(proof, show).then(
      () => true,
      () => false,
    )
    if (isShown) shown.push(words)
  }
  return shown
}

// Formats like the repository's formatter, so that neither undoes the other's changes.
function formatTable(rows: readonly string[][]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width))
  return lines
    .toSpliced(1, 0, rule)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
