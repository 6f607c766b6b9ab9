import { describe, expect, test } from 'vitest'
import { LANGUAGES } from './languages.ts'

// The type checker finds missing and superfluous messages and wrong parameters. These tests find what it can't: a
// translation that doesn't mention a parameter, or a message that was never translated.
const files = import.meta.glob<{ messages: object }>('../**/messages/*.ts', { eager: true })

type Message = string | ((values: object) => string)

/** All messages of a catalogue, by path. */
function flatten(messages: object, prefix = ''): [string, Message][] {
  return Object.entries(messages).flatMap(([key, value]): [string, Message][] =>
    typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]],
  )
}

/** The parameters that a message uses, for any number. */
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
    // A single word may be the same in two languages; a sentence isn't.
    const copied = messages.filter(
      ([path, message]) =>
        typeof message === 'string' && /\s.*\s/.test(message) && message === english.get(path),
    )
    expect(copied).toEqual([])
  })
})
