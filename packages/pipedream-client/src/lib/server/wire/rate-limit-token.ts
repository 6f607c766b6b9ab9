import type { CreateRateLimitTokenInput, RateLimitToken } from '../rate-limit-tokens.ts'
import { fieldsOf } from '../read-json.ts'

export function writeRateLimitRequest(input: CreateRateLimitTokenInput): Record<string, unknown> {
  return {
    window_size_seconds: input.windowMs / 1000,
    requests_per_window: input.requestsPerWindow,
  }
}

export function readRateLimitToken(value: unknown): RateLimitToken {
  const fields = fieldsOf(value, '')
  return { rateLimitToken: fields.id('token'), raw: fields.raw }
}
