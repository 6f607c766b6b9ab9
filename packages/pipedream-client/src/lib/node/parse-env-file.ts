import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseEnv } from 'node:util'
import { decodeLines, type Line } from './decode-lines.ts'

/** The content of an environment file, such as `.env.local`. */
export interface EnvFile {
  /** Values by name. If a name is repeated, the last value wins. */
  variables: Readonly<Record<string, string>>
  /** The parts that are not readable. If it is not empty, settings may be missing from `variables`. */
  problems: readonly EnvFileProblem[]
}

/** Lines that are not settings, for one and the same reason. Never contains their content, which may be secret. */
export interface EnvFileProblem {
  /** Line numbers, starting at 1. Empty if the whole file is concerned. */
  lines: readonly number[]
  /** What is wrong, as a sentence that names the file and the lines. */
  what: string
  /** How to fix it, as a sentence. */
  fix: string
}

/** Why a line, or the value that starts there, is not a setting. */
interface Kind {
  /** Follows "line 3". */
  what: string
  fix: string
}

const WRITE_SETTING = 'Write NAME=value, and start a comment with #.'
const SAVE_AS_UTF8 = 'Save the file as UTF-8.'

const NUL: Kind = { what: 'not text: it contains NUL bytes.', fix: SAVE_AS_UTF8 }
const NOT_UTF8: Kind = { what: 'not UTF-8, but in an older encoding.', fix: SAVE_AS_UTF8 }
const OPEN_QUOTE: Kind = {
  what: 'invalid: the value starts with a quotation mark that is never closed.',
  fix: 'Close the quotation mark, or remove it.',
}
const AFTER_QUOTE: Kind = {
  what: 'invalid: something follows the closing quotation mark.',
  fix: 'Quote the whole value with a kind of quotation mark that it does not contain.',
}
const CURLY_QUOTE: Kind = {
  what: 'invalid: the value has typographic quotation marks.',
  fix: 'Use straight quotation marks, or none.',
}
const POWERSHELL: Kind = { what: 'a PowerShell command, not a setting.', fix: WRITE_SETTING }
const CMD: Kind = { what: 'a cmd command, not a setting.', fix: WRITE_SETTING }
const NOT_A_SETTING: Kind = { what: 'not a setting.', fix: WRITE_SETTING }

const SETTING = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/u

/**
 * Parses an environment file: one `NAME=value` per line, with `#` comments, optional quotation marks and an optional `export`.
 * Accepts UTF-8 and UTF-16, with or without a byte order mark, and any line ending. `name` is the file's name in `problems`.
 * Never throws for invalid content; see `EnvFile.problems`.
 */
export function parseEnvFile(bytes: Uint8Array, name: string): EnvFile {
  const lines = decodeLines(bytes)
  if (lines === undefined) {
    const what = `${name} is neither UTF-8 nor UTF-16 text.`
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
  /** How many lines it spans. A quoted value may contain line breaks. */
  length: number
  /** The source of a setting, the kind of problem, or undefined for a blank line or a comment. */
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
  // Node's own parser keeps a trailing no-break space, which copied values often have.
  const plain = value.replace(/#.*$/u, '').trim()
  return one(isUnicode || isAscii(plain) ? `${name}=${plain}` : NOT_UTF8)
}

// A value may contain line breaks, but must not swallow the next settings. Keys in PEM or JSON have no such lines.
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
 * Reads and parses an environment file; see `parseEnvFile`. Resolves to undefined if the file does not exist. An unreadable
 * file or a folder becomes an entry of `problems`; other errors are thrown.
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
      problems: [{ lines: [], what, fix: 'Check that it is a file that you can read.' }],
    }
  }
}
