/** Options of every call. */
export interface CallOptions {
  /**
   * Aborts the call, which then rejects with `ERR_ABORTED`. Default: none. An access token request that other calls share
   * continues.
   */
  signal?: AbortSignal | undefined
  /**
   * Limit for the whole call in milliseconds, including waits and retries: an integer from 1 to 2147483647. Default: the
   * client's `timeoutMs`.
   */
  timeoutMs?: number | undefined
  /**
   * Whether the call may be sent again after 408, 429, 5xx or a lost response. Set it to true only if a duplicate has no
   * further effect. Default: true for GET, PUT and DELETE, where a method's documentation does not say otherwise; false for
   * calls that create, run or deploy something, and for POST and PATCH through the proxy.
   */
  repeatable?: boolean | undefined
  /** Counts this call against a limit of your own; see `rateLimitTokens.create`. Default: the client's `rateLimitToken`. */
  rateLimitToken?: string | undefined
}
