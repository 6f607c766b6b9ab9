import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readRateLimitToken, writeRateLimitRequest } from './wire/tokens.ts'

/** What `rateLimitTokens.create` takes. */
export interface CreateRateLimitTokenInput {
  /** How long calls are counted before the count begins anew, in milliseconds: whole seconds, at least 1000. */
  windowMs: number
  /** How many calls a window allows: a whole number, at least 1. */
  requestsPerWindow: number
}

/** A limit of your own on the calls that carry this token. */
export interface RateLimitToken {
  /** For the option `rateLimitToken` of the client or of a call. */
  readonly rateLimitToken: string
  /** The response as it came, the token included. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Limits of your own, such as one for each customer, so that none of them uses up what Pipedream allows you. */
export interface RateLimitTokens {
  /** Makes a token. It is never repeated by itself. Throws a `PipedreamError`. */
  create(input: CreateRateLimitTokenInput, options?: CallOptions): Promise<RateLimitToken>
}

export function createRateLimitTokens(callApi: CallApi): RateLimitTokens {
  return {
    async create(input, options) {
      checkWhole('windowMs', input.windowMs / 1000, 'whole seconds in milliseconds, at least 1000')
      checkWhole('requestsPerWindow', input.requestsPerWindow, 'a whole number, at least 1')
      return callApi(
        {
          method: 'POST',
          path: ['connect', 'rate_limits'],
          body: writeRateLimitRequest(input),
          read: readRateLimitToken,
        },
        options,
      )
    },
  }
}

function checkWhole(input: string, value: number, expected: string): void {
  if (Number.isSafeInteger(value) && value >= 1) return
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
