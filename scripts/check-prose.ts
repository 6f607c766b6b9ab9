// node scripts/run.mjs scripts/check-prose.ts [--hints] [paths]
// Fails when a file of the repository, or its path, uses a phrase of prose-rules.ts: in comments, strings, docs and names.
// `--hints` also shows phrases that often have a plainer word. Without paths it checks everything.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXCEPTIONS, IGNORED, type ProseException } from './prose-exceptions.ts'
import { createFinder } from './find-prose.ts'
import { HINTS, RULES } from './prose-rules.ts'

const CHECKED = /\.(?:ts|tsx|mjs|js|css|html|md|graphql|json|ya?ml|env)$|^\.ci\/run$/

const args = process.argv.slice(2)
const paths = args.filter((arg) => !arg.startsWith('--'))
const root = join(import.meta.dirname, '..')

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--full-name', '--cached', '--others', '--exclude-standard', '--', ...paths],
  { cwd: paths.length > 0 ? process.cwd() : root, encoding: 'utf8', maxBuffer: 1e8 },
)
const files = [...new Set(listed.split('\0'))].filter(
  (path) => CHECKED.test(path) && !IGNORED.includes(path) && existsSync(join(root, path)),
)

const used = new Set<ProseException>()
const find = createFinder(args.includes('--hints') ? [...RULES, ...HINTS] : RULES, EXCEPTIONS, used)
const findings = files.flatMap((path) => find(path, readFileSync(join(root, path), 'utf8')))

for (const { path, line, found, instead } of findings) {
  console.log(`${path}:${line} “${found.replaceAll(/\s+/g, ' ')}”: write ${instead}`)
}
const unused = paths.length === 0 ? EXCEPTIONS.filter((exception) => !used.has(exception)) : []
for (const { path, text } of unused) {
  console.log(`scripts/prose-exceptions.ts: “${text}” in ${path} is not needed any longer`)
}
console.log(`${files.length} files, ${findings.length} phrases of scripts/prose-rules.ts`)
process.exitCode = findings.length + unused.length > 0 || files.length === 0 ? 1 : 0
