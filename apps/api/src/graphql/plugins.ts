import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  validate,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
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
export const TOO_LARGE = 'OPERATION_TOO_LARGE'

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: TOO_LARGE } })
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
