import { InvalidInput } from './errors.ts'

/** A text that may be left out; when it is there it must say something. Throws `InvalidInput`. */
export function readText(field: string, value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  if (value.trim() === '')
    throw new InvalidInput(field, `“${field}” is empty: leave it out instead.`)
  // No database of ours takes a NUL in a text, and nobody means one.
  if (!value.isWellFormed() || value.includes('\0'))
    throw new InvalidInput(field, `“${field}” is no text: a character is broken.`)
  return value
}
