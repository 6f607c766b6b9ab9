const LONGEST = 200
// Letters, digits and the punctuation of prose: no braces, no angle brackets, no line breaks, no `=` and no `@`.
const PROSE = /^[\p{L}\p{N} .,:;!?'"()/_-]+$/u
const TELLTALE =
  /ctok_|eyJ|\b(?:sk|pk|rk|csec|cid|xox\w)[-_]|bearer\s|(?:secret|token|password|key)\s*:/i
// Random texts mix letters and digits, or go on without a break.
const RANDOM_WORD = /(?=\S*\p{L})(?=\S*\p{N})\S{16,}|\S{40,}/u

/**
 * The text, if it is a short plain sentence that can be shown or logged; else undefined.
 * What the other end says may echo what it was sent, so whatever resembles a secret is dropped as a whole.
 */
export function plainSentence(text: unknown, secrets: readonly string[]): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !PROSE.test(text)) return undefined
  if (TELLTALE.test(text) || RANDOM_WORD.test(text)) return undefined
  return secrets.some((secret) => text.includes(secret)) ? undefined : text
}
