import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from './read-blocks.ts'
import * as granted from './names.ts'

const NAMES = Object.keys(granted).filter((name) => !/^(prepare|release)Names$/.test(name))

/** Writes a block as a module, with imports of the names that it uses, and returns its path. */
export function writeModule(folder: string, block: Block): string {
  const { where, language, code, before, after } = block
  const all = [before, code, after].join('\n')
  const names = NAMES.filter((name) => mentions(all, name) && !declares(all, name))
  const imports =
    names.length > 0 ? `import { ${names.join(', ')} } from '../../src/names.ts'\n` : ''
  const file = join(folder, `${where.replaceAll(/\W/g, '-')}.${language}`)
  writeFileSync(file, `${imports}${all}\nexport {}\n`)
  return file
}

function mentions(code: string, name: string): boolean {
  return new RegExp(String.raw`(?<![.\w$'"/-])${name}\b(?!['":])`).test(code)
}

function declares(code: string, name: string): boolean {
  const declared = String.raw`\b(?:const|let|var|function|class)\s+(?:[{[][^}\]=]*\b)?${name}\b`
  const imported = String.raw`\bimport\s[^'"]*\b${name}\b[^'"]*from\b`
  return new RegExp(`${declared}|${imported}`).test(code)
}
