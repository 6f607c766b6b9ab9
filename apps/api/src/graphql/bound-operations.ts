import { type DocumentNode, GraphQLError, type GraphQLSchema, parse } from 'graphql'
import type { Plugin } from 'graphql-yoga'
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
export const TOO_LARGE = 'OPERATION_TOO_LARGE'

function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: TOO_LARGE, http: { status: 400 } } })
}
