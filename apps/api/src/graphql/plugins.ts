import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  validate,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { noteRequest } from '../observability/log.ts'
import type { Tracing } from '../observability/observe.ts'
import { measureOperation, type OperationSize } from './measure-operation.ts'

/** How large an operation may be. */
export interface OperationLimits extends OperationSize {
  /** Words and signs of the document. */
  tokens: number
}

/** Refuses an operation that is too large, before it is even validated: that, too, takes time. */
export function boundOperations(limits: OperationLimits): Plugin {
  // Documents are kept by yoga, so that a page's own ones are measured once.
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>()

  function check(document: DocumentNode, schema: GraphQLSchema): readonly GraphQLError[] {
    const errors = known.get(document) ?? excesses(measureOperation(document, schema), limits)
    known.set(document, errors)
    return errors
  }

  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        try {
          return parse(source, { ...options, maxTokens: limits.tokens })
        } catch (error) {
          throw isTooLong(error) ? tooLarge(TOO_LONG(limits.tokens)) : error
        }
      })
    },
    onValidate({ params: { documentAST, schema }, setResult }) {
      const errors = check(documentAST, schema)
      if (errors.length > 0) setResult(errors)
    },
  }
}

const WORDS: Record<keyof OperationSize, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'fields at the top',
  cost: 'fields in its answer',
}

function excesses(size: OperationSize, limits: OperationLimits): GraphQLError[] {
  return (['depth', 'aliases', 'directives', 'rootFields', 'cost'] as const)
    .filter((name) => size[name] > limits[name])
    .map((name) =>
      tooLarge(
        `This operation may have up to ${size[name]} ${WORDS[name]}; ${limits[name]} are allowed. Ask for less, or in several operations.`,
      ),
    )
}

// GraphQL gives this error no code of its own.
function isTooLong(error: unknown): boolean {
  return error instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(error.message)
}

const TOO_LONG = (tokens: number) =>
  `This document has more than ${tokens} tokens. Ask for less, or in several operations.`

/** The code of the error that refuses an operation for its size. */
const TOO_LARGE = 'OPERATION_TOO_LARGE'

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: TOO_LARGE, http: { status: 400 } } })
}

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

/** Keeps the schema to ourselves: no introspection, and no guesses at what a wrong name should have been. */
export function hideSchema(): Plugin {
  return {
    onValidate({ addValidationRule, setValidationFn }) {
      addValidationRule(NoSchemaIntrospectionCustomRule)
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { hideSuggestions: true }),
      )
    },
  }
}

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
