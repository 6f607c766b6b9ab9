import type { ProseException } from './prose-exceptions.ts'
import type { ProseRule } from './prose-rules.ts'

export interface Finding {
  path: string
  /** From 1; 0 for the path itself. */
  line: number
  found: string
  instead: string
}

// Between two words: spaces, `-` or `_`, nothing before a capital, or a new line of a comment.
const GAP = String.raw`(?:[ \t]+|[-_]|(?=[A-Z])|[ \t]*\r?\n[ \t]*(?:(?://|\*|#|>)[ \t]*)?)`
const optional = (ends: string[]): string => (ends.length > 0 ? `(?:${ends.join('|')})?` : '')
const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** A pattern for whole words: in a sentence, in `camelCase`, in `UPPER_CASE`. */
function patternOf({ phrase, endings = [], unlessAfter, unlessBefore }: ProseRule): RegExp {
  const [first = '', ...others] = phrase.split(' ')
  const upper = phrase.toUpperCase().replaceAll(' ', '_')
  const rest = others.map((word) => `${GAP}(?:${word}|${capitalize(word)})`).join('')
  const end = optional(endings)
  const before = unlessAfter ? `(?<!${unlessAfter.source})` : ''
  const after = unlessBefore ? `(?!${unlessBefore.source})` : ''
  return new RegExp(
    `${before}(?:(?<![A-Za-z])${first}|(?<![A-Z])${capitalize(first)})${rest}${end}(?![a-z])${after}` +
      `|(?<![A-Za-z])${upper}${optional(endings.map((ending) => ending.toUpperCase()))}(?![A-Za-z])`,
    'g',
  )
}

/** Whether the match is inside of the exception's text. */
function covers({ text }: ProseException, { 0: found, index, input }: RegExpExecArray): boolean {
  const from = input.indexOf(text, Math.max(0, index + found.length - text.length))
  return from !== -1 && from <= index
}

/** Finds phrases. Marks the exceptions that were needed in `used`. */
export function createFinder(
  rules: ProseRule[],
  exceptions: ProseException[],
  used: Set<ProseException>,
): (path: string, content: string) => Finding[] {
  const patterns = rules.map((rule) => ({ rule, pattern: patternOf(rule) }))

  function search(path: string, content: string, lineOf: (index: number) => number): Finding[] {
    const own = exceptions.filter(
      (each) => each.path === path || (each.path.endsWith('/') && path.startsWith(each.path)),
    )
    return patterns.flatMap(({ rule, pattern }) =>
      [...content.matchAll(pattern)].flatMap((match) => {
        const exception = own.find((each) => covers(each, match))
        if (exception) used.add(exception)
        const line = lineOf(match.index)
        return exception ? [] : [{ path, line, found: match[0], instead: rule.instead }]
      }),
    )
  }

  return (path, content) => {
    const prose = path === 'AGENTS.md' ? blank(content) : content
    return [
      ...search(path, path, () => 0),
      ...search(path, prose, (index) => prose.slice(0, index).split('\n').length),
    ].toSorted((one, other) => one.line - other.line)
  }
}

/** Empties the text between `<!-- prose: off -->` and `<!-- prose: on -->`: AGENTS.md quotes what not to write. Keeps lines. */
function blank(content: string): string {
  return content.replaceAll(/<!-- prose: off -->[^]*?<!-- prose: on -->/g, (part) =>
    part.replaceAll(/[^\n]/g, ''),
  )
}
