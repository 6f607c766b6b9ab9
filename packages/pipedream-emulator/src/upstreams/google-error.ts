import { HTTPException } from 'hono/http-exception'

const STATUS = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
} as const

/** Returns an error in the format of Google's APIs, to be thrown. */
export function googleError(code: keyof typeof STATUS, message: string): HTTPException {
  const body = { error: { code, message, status: STATUS[code] } }
  return new HTTPException(code, { res: Response.json(body, { status: code }) })
}
