import { type DocumentNode, getOperationAST, Kind } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { noteRequest } from '../observability/log.ts'
import type { Tracing } from '../observability/tracing.ts'

/** Names the operation in the line about its request, and gives it a span. */
export function observeOperations(tracing: Tracing): Plugin {
  return {
    onExecute({ args: { document, operationName }, executeFn, setExecuteFn }) {
      const name = operationPattern(document, operationName)
      noteRequest({ operation: name })
      setExecuteFn((args) =>
        tracing.within({ name, kind: 'internal' }, async () => executeFn(args)),
      )
    },
    onSubscribe({ args: { document, operationName } }) {
      noteRequest({ operation: operationPattern(document, operationName) })
    },
  }
}

/** Kind and fields, as the schema names them; the name and the aliases that the caller chose may be anything. */
function operationPattern(document: DocumentNode, operationName?: string | null): string {
  const operation = getOperationAST(document, operationName)
  if (!operation) return 'unknown'
  const fields = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : '...',
  )
  return `${operation.operation} ${[...new Set(fields)].toSorted().join(' ')}`
}
