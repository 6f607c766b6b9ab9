import { PipedreamInputError } from './errors.ts'

/** Headers of a request. */
export type HeadersInput = Headers | Readonly<Record<string, string>>

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/

/**
 * The headers with their names in lower case. Checked here, because of one that it does not take `fetch` throws an error that
 * quotes it.
 */
export function writeHeaders(headers: HeadersInput = {}): Record<string, string> {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (!NAME.test(name)) refuseHeaders('without names that are no names of headers')
    if (typeof value !== 'string' || !VALUE.test(value)) {
      refuseHeaders(`without line breaks and other signs that no header may hold; see \`${name}\``)
    }
  }
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
}

/** Throws the error of headers that cannot be sent. */
export function refuseHeaders(expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', 'headers', expected)
}
