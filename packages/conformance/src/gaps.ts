import type { OurMethod } from './case.ts'

/** Methods that only our client has, and the reason. */
export const OURS_ALONE: Partial<Record<OurMethod, string>> = {
  'rateLimitTokens.create': 'Pipedream documents the endpoint, but its SDK does not have it.',
}
