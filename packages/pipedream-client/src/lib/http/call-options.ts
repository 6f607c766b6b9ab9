/** What every call takes besides its input. */
export interface CallOptions {
  /** Aborts the call; it rejects with `ERR_ABORTED`. An access token that other calls wait for too is still fetched. */
  signal?: AbortSignal | undefined
  /** The most that the whole call may take, in milliseconds: waits and retries included. Default: the client's. */
  timeoutMs?: number | undefined
  /**
   * Whether the call may be sent again, like a GET, after 408, 429, 5xx or a lost response. Say true only when doing it twice is
   * as good as once. Default: true for GET, PUT and DELETE; false for what creates, runs, deploys or goes through the proxy
   * by another method.
   */
  repeatable?: boolean | undefined
  /** Counts this call against a limit of your own; from `rateLimitTokens.create`. Default: the client's. */
  rateLimitToken?: string | undefined
}
