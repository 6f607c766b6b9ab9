import type { CliIo } from './cli-io.ts'

/** What the program says. Texts that are hidden never leave it, wherever they came from. */
export interface Output {
  /** Writes a line to standard output. */
  line(text: string): void
  /** Writes a line to standard error: one sentence, or two, per failure. */
  failure(text: string): void
  /** Writes a JSON value to standard output. */
  json(value: unknown): void
  /** From now on shows `replacement` in place of `secret`. */
  hide(secret: string, replacement: string): void
}

/** Shorter texts cannot be hidden: they are in every sentence. No real secret is that short. */
const SHORTEST_SECRET = 4

export function createOutput(io: Pick<CliIo, 'write'>): Output {
  const hidden = new Map<string, string>()
  // The longest first: a secret that is part of another must not leave the other's rest behind.
  const redact = (text: string) =>
    [...hidden]
      .toSorted(([one], [other]) => other.length - one.length)
      .reduce((rest, [secret, replacement]) => rest.replaceAll(secret, () => replacement), text)
  const print = (text: string) => `${harmless(redact(text))}\n`
  return {
    line: (text) => io.write('stdout', print(text)),
    failure: (text) => io.write('stderr', print(text)),
    json: (value) => io.write('stdout', `${JSON.stringify(mapStrings(value, redact), null, 2)}\n`),
    hide(secret, replacement) {
      if (secret.length >= SHORTEST_SECRET) hidden.set(secret, replacement)
    },
  }
}

/** The first few characters of a secret, never more than a quarter of it. */
export function mask(secret: string): string {
  return `${secret.slice(0, Math.min(9, Math.floor(secret.length / 4)))}...`
}

// What a server or an argument says must neither move the cursor of a terminal nor reverse the order of its letters.
function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value)
  if (Array.isArray(value)) return value.map((entry: unknown) => mapStrings(entry, map))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, map)]),
  )
}
