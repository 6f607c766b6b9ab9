import { PipedreamInputError } from '../http/errors.ts'
import type { BodyInput } from '../http/write-body.ts'

/** The methods of requests whose answers stay open. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Checks a method, and that it may have the body that it is given. */
export function checkMethod(method: string, { body, json }: BodyInput): void {
  if (!METHODS.includes(method)) fail('method', `one of ${METHODS.join(', ')}`)
  const hasBody = body !== undefined || json !== undefined
  if (hasBody && /^(?:GET|HEAD)$/.test(method)) fail('method', 'one that may have a body')
}

/** Whether doing it twice is as good as once, as HTTP has it. */
export function isRepeatable(method: HttpMethod): boolean {
  return method !== 'POST' && method !== 'PATCH'
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
