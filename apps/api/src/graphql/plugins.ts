import {
  type ASTVisitor,
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
import type { Context } from '../context.ts'
import { noteRequest } from '../observability/log.ts'
import type { Tracing } from '../observability/observe.ts'
import { measureOperation, type OperationSize } from './measure-operation.ts'

/** How large an operation may be. */
export interface OperationLimits extends OperationSize {
  /** Tokens in the document. */
  tokens: number
}

/** Rejects operations that are too large, before validation, which takes time too. */
export function boundOperations(limits: OperationLimits): Plugin {
  // Yoga caches parsed documents, so the operations of a page are measured once.
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

const SIZE_NAMES: Record<keyof OperationSize, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'root fields',
  cost: 'fields in the response',
  upstream: 'fields that call Pipedream',
}

function excesses(size: OperationSize, limits: OperationLimits): GraphQLError[] {
  return (['depth', 'aliases', 'directives', 'rootFields', 'cost', 'upstream'] as const)
    .filter((name) => size[name] > limits[name])
    .map((name) =>
      tooLarge(
        `This operation has up to ${size[name]} ${SIZE_NAMES[name]}; the limit is ${limits[name]}. Request less, or split it into several operations.`,
      ),
    )
}

// graphql-js gives this error no code.
function isTooLong(error: unknown): boolean {
  return error instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(error.message)
}

const TOO_LONG = (tokens: number) =>
  `This document has more than ${tokens} tokens. Request less, or split it into several operations.`

/** The error code of operations that are too large. */
const TOO_LARGE = 'OPERATION_TOO_LARGE'

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: TOO_LARGE, http: { status: 400 } } })
}

/**
 * Sets status 400 for operations that were not executed. As the GraphQL over HTTP specification recommends, a client that
 * accepts `application/json` gets 200 if the document or its variables are invalid, because older clients ignore the body
 * of any other status. Without this plugin, yoga also returns 200 to clients that send no `Accept` header.
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

// The first supported type in the header; yoga chooses the same.
function asksForPlainJson(request: Request): boolean {
  const types = (request.headers.get('accept') ?? '').toLowerCase().split(',')
  const names = types.map((type) => type.split(';', 1)[0]?.trim())
  return names.find((name) => name && RESPONSE_TYPES.has(name)) === 'application/json'
}

const RESPONSE_TYPES = new Set(['application/graphql-response+json', 'application/json'])

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

/** The extension in which yoga keeps an error's status. */
interface HttpMark {
  status?: unknown
  spec?: unknown
}

// Yoga sets `spec` on statuses that the GraphQL over HTTP specification defines. It is missing for invalid variables, and
// false for this gateway's own errors.
function isSpecified(http: unknown): boolean {
  return isMark(http) && http.status === 400 && http.spec !== false
}

function markAsSpecified(http: unknown): void {
  if (isMark(http)) http.spec = true
}

function isMark(http: unknown): http is HttpMark {
  return typeof http === 'object' && http !== null
}

// Each suggestion compares a name with all names of a type. Ten errors are enough to correct an operation.
const ERRORS_MAX = 10

/**
 * Bounds the time that an invalid operation takes: validation stops after ten errors, and only signed-in viewers get
 * suggestions for unknown names. Without `introspection` the schema is hidden: no one gets suggestions.
 */
export function boundErrors({ introspection }: { introspection: boolean }): Plugin<Context> {
  return {
    onValidate({ context, addValidationRule, setValidationFn }) {
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule)
      const hideSuggestions = !introspection || context.viewer === undefined
      if (hideSuggestions) addValidationRule(HidesSuggestions)
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { hideSuggestions, maxErrors: ERRORS_MAX }),
      )
    },
  }
}

// Yoga caches errors by the document and the names of the rules, so this one separates errors without suggestions.
function HidesSuggestions(): ASTVisitor {
  return {}
}

/** Adds the operation to the request's log line, and traces it in a span. */
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

/** The operation's kind and root fields. Its name and aliases are left out, because the caller chose them. */
function operationPattern(document: DocumentNode, operationName?: string | null): string {
  const operation = getOperationAST(document, operationName)
  if (!operation) return 'unknown'
  const fields = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : '...',
  )
  return `${operation.operation} ${[...new Set(fields)].toSorted().join(' ')}`
}
