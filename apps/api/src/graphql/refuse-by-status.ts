import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { TOO_LARGE } from './bound-operations.ts'

/**
 * Answers an operation that was not run with 400. A client that asks for `application/json` gets 200 where the document
 * or its variables are wrong, as the specification of GraphQL over HTTP recommends: older clients read no body of
 * another status. Without this plugin, yoga also answers 200 when the client names no type.
 */
export function refuseByStatus(): Plugin {
  return {
    onExecutionResult(hook) {
      const { result, request } = hook
      if (!result || !('errors' in result) || !wasRefused(result)) return
      if (asksForPlainJson(request) && !isTooLarge(result)) {
        for (const { extensions } of result.errors ?? []) markAsSpecified(extensions['http'])
      } else {
        hook.setResult({ ...result, extensions: { ...result.extensions, http: { status: 400 } } })
      }
    },
  }
}

// The first type that the header names, which yoga answers with as well.
function asksForPlainJson(request: Request): boolean {
  const types = (request.headers.get('accept') ?? '').toLowerCase().split(',')
  const names = types.map((type) => type.split(';', 1)[0]?.trim())
  return names.find((name) => name && ANSWERS.has(name)) === 'application/json'
}

const ANSWERS = new Set(['application/graphql-response+json', 'application/json'])

function wasRefused({ data, errors = [] }: ExecutionResult): boolean {
  return (
    data === undefined &&
    errors.length > 0 &&
    errors.every(({ extensions }) => isSpecified(extensions['http']))
  )
}

function isTooLarge({ errors = [] }: ExecutionResult): boolean {
  return errors.some(({ extensions }) => extensions['code'] === TOO_LARGE)
}

/** What yoga keeps with an error for its status. */
interface HttpMark {
  status?: unknown
  spec?: unknown
}

// `spec` is yoga's mark for a status that the specification of GraphQL over HTTP lays down. Yoga leaves it out where a
// variable does not fit; our own refusals say false.
function isSpecified(http: unknown): boolean {
  return isMark(http) && http.status === 400 && http.spec !== false
}

function markAsSpecified(http: unknown): void {
  if (isMark(http)) http.spec = true
}

function isMark(http: unknown): http is HttpMark {
  return typeof http === 'object' && http !== null
}
