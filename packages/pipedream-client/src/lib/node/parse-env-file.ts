import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseEnv } from 'node:util'
import { decodeLines, type Line } from './decode-lines.ts'

/** What a file of settings, such as `.env.local`, says. */
export interface EnvFile {
  /** The settings by their names, as texts. The last of several with one name counts. */
  variables: Readonly<Record<string, string>>
  /** What could not be read: not empty means that settings may be missing. */
  problems: readonly EnvFileProblem[]
}

/** Lines of one kind that are not settings. Nothing of what stands in them is repeated, for it may be a secret. */
export interface EnvFileProblem {
  /** Their numbers, from 1; empty: it is the whole file. */
  lines: readonly number[]
  /** What is wrong: a sentence that names the file and the lines. */
  what: string
  /** What to do: a sentence. */
  fix: string
}

/** Why a line, or the value that begins in it, is not a setting. */
interface Kind {
  /** After "line 3". */
  what: string
  fix: string
}

const WRITE_SETTING = 'Write NAME=value, and begin a comment with #.'
const SAVE_AS_UTF8 = 'Save the file as UTF-8.'

const NUL: Kind = { what: 'not text: NUL bytes are in it.', fix: SAVE_AS_UTF8 }
const NOT_UTF8: Kind = { what: 'not in UTF-8, but in an older encoding.', fix: SAVE_AS_UTF8 }
const OPEN_QUOTE: Kind = {
  what: 'wrong: the value begins with a quotation mark that nothing closes.',
  fix: 'Close the quotation mark, or leave it out.',
}
const AFTER_QUOTE: Kind = {
  what: 'wrong: something follows the closing quotation mark.',
  fix: 'Put the whole value between quotation marks of a kind that is not in it.',
}
const CURLY_QUOTE: Kind = {
  what: 'wrong: the value is between typographic quotation marks.',
  fix: 'Write straight ones, or none.',
}
const POWERSHELL: Kind = { what: 'a command of PowerShell, not a setting.', fix: WRITE_SETTING }
const CMD: Kind = { what: 'a command of cmd, not a setting.', fix: WRITE_SETTING }
const NOT_A_SETTING: Kind = { what: 'not a setting.', fix: WRITE_SETTING }

const SETTING = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/u

/**
 * Reads a file of settings: a `NAME=value` a line, with `#` comments, optional quotation marks and an optional `export`. It takes
 * UTF-8 and UTF-16 with or without a byte order mark, and any line ending. `name` is what problems call the file.
 */
export function parseEnvFile(bytes: Uint8Array, name: string): EnvFile {
  const lines = decodeLines(bytes)
  if (lines === undefined) {
    const what = `${name} is not text in UTF-8, nor in UTF-16 throughout.`
    return { variables: {}, problems: [{ lines: [], what, fix: SAVE_AS_UTF8 }] }
  }
  const variables: Record<string, string> = {}
  const wrong = new Map<Kind, number[]>()
  for (let at = 0; at < lines.length;) {
    const { length, result } = readEntry(lines, at)
    if (typeof result === 'string') Object.assign(variables, parseEnv(result))
    else if (result !== undefined) wrong.set(result, [...(wrong.get(result) ?? []), at + 1])
    at += length
  }
  const problems = [...wrong].map(([{ what, fix }, numbers]) => ({
    lines: numbers,
    what: `${name}, ${nameLines(numbers)} ${what}`,
    fix,
  }))
  return { variables, problems }
}

interface Entry {
  /** How many lines it takes: more than one when its value has line breaks between quotation marks. */
  length: number
  /** A setting's text; what is wrong with it; or undefined for a blank line or a comment. */
  result: string | Kind | undefined
}

function readEntry(lines: readonly Line[], at: number): Entry {
  const { text = '', isUnicode = true } = lines[at] ?? {}
  const one = (result: Entry['result']): Entry => ({ length: 1, result })
  if (text.includes('\0')) return one(NUL)
  if (/^\s*(?:#|$)/u.test(text)) return one(undefined)
  const [, name, value = ''] = SETTING.exec(text) ?? []
  if (name === undefined) return one(kindOf(text))
  const quote = /^["'`]/.exec(value)?.[0]
  if (quote !== undefined) return readQuoted(lines, { at, name, value, quote })
  if (/^[\u2018-\u201F]/u.test(value)) return one(CURLY_QUOTE)
  // Node itself leaves a no-break space that was copied from a page at the end of a value.
  const plain = value.replace(/#.*$/u, '').trim()
  return one(isUnicode || isAscii(plain) ? `${name}=${plain}` : NOT_UTF8)
}

// A value may have line breaks, but not swallow the settings that follow: keys in PEM or JSON have no such lines.
const NEXT_SETTING = /^\s*(?:export\s+)?[A-Z][A-Z0-9]*_[A-Z0-9_]*\s*=/u

interface Quoted {
  at: number
  name: string
  value: string
  quote: string
}

function readQuoted(lines: readonly Line[], { at, name, value, quote }: Quoted): Entry {
  let text = value
  let length = 1
  while (text.indexOf(quote, 1) === -1) {
    const next = lines[at + length]
    if (next === undefined || NEXT_SETTING.test(next.text)) return { length: 1, result: OPEN_QUOTE }
    text += `\n${next.text}`
    length += 1
  }
  const end = text.indexOf(quote, 1) + 1
  if (!/^\s*(?:#|$)/u.test(text.slice(end))) return { length: 1, result: AFTER_QUOTE }
  const inside = text.slice(0, end)
  const parts = lines.slice(at, at + length)
  if (inside.includes('\0')) return { length, result: NUL }
  const isReadable = parts.every(({ isUnicode }) => isUnicode) || isAscii(inside)
  return { length, result: isReadable ? `${name}=${inside}` : NOT_UTF8 }
}

function kindOf(text: string): Kind {
  if (/^\s*(?:\$|set-item|\[environment)/iu.test(text)) return POWERSHELL
  return /^\s*setx?\s/iu.test(text) ? CMD : NOT_A_SETTING
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text)
}

const MOST_NAMED = 5

function nameLines(numbers: readonly number[]): string {
  const [first, ...others] = numbers.slice(0, MOST_NAMED)
  if (others.length === 0) return `line ${first} is`
  const rest = numbers.length - MOST_NAMED
  const last = rest > 0 ? `${rest} more` : others.pop()
  return `lines ${[first, ...others].join(', ')} and ${last} are`
}

/**
 * Reads a file of settings as `parseEnvFile` does; undefined when there is none. A file that exists and cannot be read, or a
 * folder of this name, is a problem of the result, not an error.
 */
export async function readEnvFile(path: string): Promise<EnvFile | undefined> {
  const name = basename(path)
  try {
    return parseEnvFile(await readFile(path), name)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    if (code === 'ENOENT') return undefined
    const what = `${name} cannot be read (${code}).`
    return {
      variables: {},
      problems: [{ lines: [], what, fix: 'Check that it is a file, and yours.' }],
    }
  }
}
