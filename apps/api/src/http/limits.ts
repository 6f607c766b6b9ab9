import type { OperationLimits } from '../graphql/bound-operations.ts'
import type { RateLimits } from './rate-limits.ts'
import type { BodyLimits } from './read-body.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'

/** What a server asks of every request. */
export interface Limits {
  operations: OperationLimits
  body: BodyLimits
  rates: RateLimits
  /** Proxies of ours in front, whose `X-Forwarded-For` is believed. */
  trustedProxies: number
  trustedDocuments: TrustedDocuments
  /** Whether the schema may be read, and GraphiQL is served. */
  introspection: boolean
}
