import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
} from 'graphql'
import { wrapErrorIfMatches } from '@pothos/plugin-errors'
import type { Context } from '../context.ts'
import { maskError } from '../graphql/mask-error.ts'
import { SUBSCRIPTION_ERRORS } from '../graphql/schema/subscription-result.ts'
import { noteRefusal } from '../observability/log.ts'
import type { Event } from '../store/events.ts'
import { type EventExecution, type EventResult, EventResults } from './event-results.ts'
import { EventSubscription } from './event-subscription.ts'

type Args = ExecutionArgs & { contextValue: Pick<Context, 'viewer'> }

/**
 * Runs subscriptions as `subscribe` of graphql does: the operation is executed for each event that the resolver's async
 * iterable yields. Subscribers with the same operation, variables and viewer share that execution. Its context consists of
 * `context`, which all requests share, and the viewer.
 */
export function createSharedExecution(
  context: object,
): (args: Args) => Promise<EventResults | ExecutionResult> {
  const inUse = new Map<string, { execute: EventExecution['execute']; subscribers: number }>()
  const numberOf = numberDocuments()

  function share(args: Args): EventExecution {
    const operation = toOperation(args)
    const { document, operationName, variableValues, viewer } = operation
    // With the viewer, because what one viewer may see is never shown to another.
    const key = JSON.stringify([numberOf(document), operationName, variableValues, viewer])
    const shared = inUse.get(key) ?? { execute: createExecute(operation, context), subscribers: 0 }
    inUse.set(key, shared)
    shared.subscribers += 1
    return {
      execute: shared.execute,
      release() {
        shared.subscribers -= 1
        if (shared.subscribers === 0) inUse.delete(key)
      },
    }
  }

  return async (args) => {
    const events = await createSourceEventStream(args)
    if (events instanceof EventSubscription) return new EventResults(events, share(args))
    if (Symbol.asyncIterator in events) throw new TypeError('A subscription must yield events.')
    return toTypedError(events, args)
  }
}

/** A typed error is a member of the field's result union: executes the operation with the error as the field's value. */
async function toTypedError(refused: ExecutionResult, args: Args): Promise<ExecutionResult> {
  const error = refused.errors?.[0]?.originalError
  const value = wrapErrorIfMatches(error, SUBSCRIPTION_ERRORS, noteRefusal)
  return value === error ? refused : execute({ ...args, rootValue: value })
}

/** What is executed for each event. Keeps nothing else of the request, which the stream outlasts. */
function toOperation({ schema, document, operationName, variableValues, contextValue }: Args) {
  // Only declared variables: others have no effect, but would be kept, and would prevent sharing.
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? []
  const declared = new Set(definitions.map(({ variable }) => variable.name.value))
  const used = Object.entries(variableValues ?? {}).filter(([name]) => declared.has(name))
  return {
    schema,
    document,
    operationName,
    variableValues: Object.fromEntries(used),
    viewer: contextValue.viewer,
  }
}

type Operation = ReturnType<typeof toOperation>

// Yoga caches parsed documents, so the same text is the same object.
function numberDocuments(): (document: DocumentNode) => number {
  const numbers = new WeakMap<DocumentNode, number>()
  let last = 0
  return (document) => {
    const number = numbers.get(document) ?? ++last
    numbers.set(document, number)
    return number
  }
}

/** Executes an operation once for each event, however many subscribers ask for its result. */
function createExecute(operation: Operation, context: object): EventExecution['execute'] {
  let newest: { event: Event; result: Promise<EventResult> } | undefined

  return (event) => {
    if (newest?.event !== event) {
      newest = { event, result: executeOperation(operation, { context, event }) }
    }
    return newest.result
  }
}

async function executeOperation(
  { viewer, ...operation }: Operation,
  { context, event }: { context: object; event: Event },
): Promise<EventResult> {
  const contextValue = { ...context, viewer }
  const { data, errors } = await execute({ ...operation, contextValue, rootValue: event })
  return { id: event.id, result: { data, ...(errors && { errors: errors.map(maskError) }) } }
}
