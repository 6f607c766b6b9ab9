import { currentRequest, noteRefusal } from '../observability/log.ts'
import { KeysUnavailable, Refusal } from './refusal.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'

/** An answer of one plain sentence. */
export function sentence(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

/**
 * Whether a request's body says that it is JSON. Another site's page can make a browser send a form or a text
 * without asking us first, but not JSON.
 */
export function isJson(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
}

/** What is said to a body that is not JSON. */
export function refuseOtherThanJson(): Response {
  return sentence(415, 'Send JSON, with “content-type: application/json”.')
}

/** What is said to a request that is refused before anything of it is done. Throws again what is no `Refusal`. */
export function refuse(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error
  noteRefusal(error)
  // The operator's to know of; a bad bearer is the caller's.
  if (error instanceof KeysUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'Keys for JWTs cannot be fetched')
  }
  if (error instanceof DatabaseUnavailable) {
    currentRequest()?.log.warn({ err: error }, 'The database cannot be used')
  }
  const response = sentence(error.status, error.message)
  for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value)
  return response
}
