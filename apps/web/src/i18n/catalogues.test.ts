import { describe, expect, test } from 'vitest'
import { LANGUAGES } from './languages.ts'

// A missing or superfluous message, or one that is given too much, is an error of types. What types cannot see is told
// here: a translation that forgets what it has to mention, or that was never made.
const files = import.meta.glob<{ messages: object }>('../**/messages/*.ts', { eager: true })

type Message = string | ((values: object) => string)

/** Every message of a catalogue by its path. */
function flatten(messages: object, prefix = ''): [string, Message][] {
  return Object.entries(messages).flatMap(([key, value]): [string, Message][] =>
    typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]],
  )
}

/** What a message mentions of what it is given, whatever the number is. */
function mentioned(message: Message): string[] {
  if (typeof message === 'string') return []
  const read = new Set<string>()
  for (const count of [0, 1, 2, 5]) {
    const values = new Proxy(
      {},
      { get: (_, name) => (read.add(String(name)), standIn(name, count)) },
    )
    expect(message(values).trim()).not.toBe('')
  }
  return [...read].toSorted()
}

const standIn = (name: string | symbol, count: number) =>
  /count|seconds|minutes/i.test(String(name)) ? count : `‹${String(name)}›`

const folders = [...new Set(Object.keys(files).map((file) => file.replace(/[^/]+$/, '')))]

describe.each(folders)('the catalogue in %s', (folder) => {
  const english = new Map(flatten(files[`${folder}en.ts`]?.messages ?? {}))
  const translated = Object.keys(LANGUAGES).filter((language) => language !== 'en')

  test.each(translated)('is complete in %s, and mentions what the English one does', (language) => {
    const messages = new Map(flatten(files[`${folder}${language}.ts`]?.messages ?? {}))
    expect([...messages.keys()].toSorted()).toEqual([...english.keys()].toSorted())
    for (const [path, message] of messages) {
      expect([path, mentioned(message)]).toEqual([path, mentioned(english.get(path) ?? '')])
    }
  })

  test.each(translated)('was really translated to %s', (language) => {
    const messages = flatten(files[`${folder}${language}.ts`]?.messages ?? {})
    // A word may be the same in two languages; a sentence is not.
    const copied = messages.filter(
      ([path, message]) =>
        typeof message === 'string' && /\s.*\s/.test(message) && message === english.get(path),
    )
    expect(copied).toEqual([])
  })
})
