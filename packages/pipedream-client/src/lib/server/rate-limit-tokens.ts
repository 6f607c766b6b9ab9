import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { readRateLimitToken, writeRateLimitRequest } from './wire/tokens.ts'

/** Input of `rateLimitTokens.create`. */
export interface CreateRateLimitTokenInput {
  /** Length of the window in milliseconds: whole seconds, at least 1000. */
  windowMs: number
  /** Number of calls that a window allows: an integer, at least 1. */
  requestsPerWindow: number
}

/** A rate limit of your own for the calls that carry this token. */
export interface RateLimitToken {
  /** For the option `rateLimitToken` of the client or of a call. */
  readonly rateLimitToken: string
  /** The unmodified response, including the token. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Rate limits of your own, for example one for each customer, so that no customer uses up Pipedream's limit. */
export interface RateLimitTokens {
  /** Creates a token. Never retried, unless `repeatable` is set. Throws a `PipedreamError`. */
  create(input: CreateRateLimitTokenInput, options?: CallOptions): Promise<RateLimitToken>
}

export function createRateLimitTokens(callApi: CallApi): RateLimitTokens {
  return {
    async create(input, options) {
      checkWhole('windowMs', input.windowMs / 1000, 'whole seconds in milliseconds, at least 1000')
      checkWhole('requestsPerWindow', input.requestsPerWindow, 'an integer, at least 1')
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
