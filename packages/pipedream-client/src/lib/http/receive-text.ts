import { readRequestId, responseError } from './response-error.ts'
import type { Receive } from './send-once.ts'

/** The whole answer of a call that succeeded. */
export interface TextAnswer {
  readonly status: number
  readonly requestId: string | undefined
  readonly body: string
}

/** Reads the whole body of a 2xx as text. Every other answer is an error. */
export const receiveText: Receive<TextAnswer> = async (response, { request, mayHaveWorked }) => {
  const body = await response.text()
  const { status } = response
  const requestId = readRequestId(response, request)
  if (status >= 200 && status < 300) return { status, requestId, body }
  // A deletion whose answer was lost, and that now finds nothing, did its work the first time.
  const isGone = request.target.method === 'DELETE' && status === 404 && mayHaveWorked
  return isGone ? { status, requestId, body: '' } : responseError(request, response, body)
}
