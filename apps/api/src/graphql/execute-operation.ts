import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Context } from '../context.ts'
import type { EventResults } from '../live/event-results.ts'
import { createSharedExecution } from '../live/shared-execution.ts'
import { noteRequest } from '../observability/log.ts'
import type { Tracing } from '../observability/observe.ts'
import type { Limits } from '../open-limits.ts'
import { maskError } from './mask-error.ts'
import { boundErrors, boundOperations } from './plugins.ts'
import type { SentOperation } from './read-operation.ts'
import { schema } from './schema/index.ts'

interface ExecutorOptions {
  /** What the contexts of all requests share. */
  context: object
  limits: Pick<Limits, 'operations' | 'trustedDocuments' | 'introspection'>
  tracing: Tracing
}

/**
 * Creates the function that parses, validates and executes an operation, with yoga's plugins and caches. It returns the events
 * of a subscription, or else the result. Yoga's own HTTP
 * handler is not used: it costs more than the execution of a small operation. See docs/decisions/0033-one-pipeline.md.
 */
export function createExecutor({ context: shared, limits, tracing }: ExecutorOptions) {
  const subscribe = createSharedExecution(shared)
  const yoga = createYoga<object, Context>({
    schema,
    logging: false,
    maskedErrors: { maskError },
    plugins: [
      // Only the web build's own operations can reach the parser then, and they are within any sensible bounds.
      limits.trustedDocuments.only ? {} : boundOperations(limits.operations),
      boundErrors(limits),
    ],
  })

  return async (
    { query, operationName, variables }: SentOperation,
    context: Context,
  ): Promise<EventResults | ExecutionResult> => {
    const enveloped = yoga.getEnveloped(context)
    const document: DocumentNode = enveloped.parse(query)
    const errors = enveloped.validate(enveloped.schema, document)
    if (errors.length > 0) return { errors }
    const operation = getOperationAST(document, operationName)
    if (!operation) throw new GraphQLError(NO_OPERATION, { extensions: { code: 'BAD_REQUEST' } })
    const name = operationPattern(operation)
    noteRequest({ operation: name })
    const args: ExecutionArgs & { contextValue: Context } = {
      schema: enveloped.schema,
      document,
      contextValue: await enveloped.contextFactory(),
      variableValues: variables,
      operationName,
    }
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) return subscribe(args)
    return tracing.within({ name, kind: 'internal' }, async () => enveloped.execute(args))
  }
}

const NO_OPERATION =
  'Send the name of one of the operations in the document as “operationName”. A document with one operation needs none.'

const patterns = new WeakMap<OperationDefinitionNode, string>()

/** The operation's kind and root fields. Its name and aliases are left out, because the caller chose them. */
function operationPattern(operation: OperationDefinitionNode): string {
  const known = patterns.get(operation)
  if (known !== undefined) return known
  const fields = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : '...',
  )
  const pattern = `${operation.operation} ${[...new Set(fields)].toSorted().join(' ')}`
  patterns.set(operation, pattern)
  return pattern
}
