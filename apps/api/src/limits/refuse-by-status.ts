import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/**
 * An operation that was not run is answered with 400. For clients that accept “application/json” alone yoga would say
 * 200, as if something had been done.
 */
export function refuseByStatus(): Plugin {
  return {
    onExecutionResult(hook) {
      const { result } = hook
      if (result && 'errors' in result && wasRefused(result)) {
        hook.setResult({ ...result, extensions: { ...result.extensions, http: { status: 400 } } })
      }
    },
  }
}

function wasRefused({ data, errors = [] }: ExecutionResult): boolean {
  return (
    data === undefined &&
    errors.length > 0 &&
    errors.every(({ extensions }) => isSpecified(extensions['http']))
  )
}

// Where yoga follows the specification of GraphQL over HTTP, it leaves such a mark.
function isSpecified(http: unknown): boolean {
  return typeof http === 'object' && http !== null && 'spec' in http && http.spec === true
}
