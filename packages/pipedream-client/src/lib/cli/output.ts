import type { CliIo } from './cli-io.ts'

/** The program's output. Replaces secrets, wherever they come from. */
export interface Output {
  /** Writes a line to standard output. */
  line(text: string): void
  /** Writes a failure to standard error, in one or two sentences. */
  failure(text: string): void
  /** Writes a JSON value to standard output. */
  json(value: unknown): void
  /** Replaces `secret` with `replacement` in all further output. */
  hide(secret: string, replacement: string): void
}

/** Shorter strings would match parts of ordinary sentences. No real secret is that short. */
const SHORTEST_SECRET = 4

export function createOutput(io: Pick<CliIo, 'write'>): Output {
  const hidden = new Map<string, string>()
  // The longest first, in case one secret contains another.
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

/** The first few characters of a secret, at most a quarter of it. */
export function mask(secret: string): string {
  return `${secret.slice(0, Math.min(9, Math.floor(secret.length / 4)))}...`
}

// Output from a server or an argument must not control the terminal or reverse the text direction.
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
