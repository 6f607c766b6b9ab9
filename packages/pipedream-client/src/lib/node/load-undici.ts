import { PipedreamInputError } from '../http/errors.ts'

export type Undici = typeof import('undici')

/**
 * Loads undici, an optional peer dependency that only the transport needs. Throws a `PipedreamInputError` if it is not
 * installed, or if its version does not run on this version of Node.
 */
export async function loadUndici(): Promise<Undici> {
  try {
    // Not `undici`: Bun replaces that by a stub without `dispatch`.
    return await import('undici/index.js')
  } catch (cause) {
    const error = new PipedreamInputError(
      'ERR_CONFIGURATION',
      'undici',
      'installed for createNodeTransport: run `npm install undici`. It needs Node 22.19 or newer',
    )
    error.cause = cause
    throw error
  }
}
