import type { OurMethod } from './case.ts'

/** Methods of ours that the official SDK does not have, and why. */
export const OURS_ALONE: Partial<Record<OurMethod, string>> = {
  'rateLimitTokens.create': 'Pipedream documents the endpoint, and its SDK leaves it out.',
}
