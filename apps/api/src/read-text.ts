import { InvalidInput } from './errors.ts'

/** Reads an optional string. Throws `InvalidInput` if it is empty or contains an invalid character. */
export function readText(field: string, value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  if (value.trim() === '') throw new InvalidInput(field, `“${field}” is empty. Omit it instead.`)
  // The databases do not store NUL in a string.
  if (!value.isWellFormed() || value.includes('\0'))
    throw new InvalidInput(field, `“${field}” contains an invalid character.`)
  return value
}
