import type { FailedFlow, FinishedFlow, OpenedFlow, RememberedFlow } from './connect-flows.ts'
import type { ConnectError } from './connect-error.ts'
import type { ConnectLabels } from './connect-options.ts'
import type { ConnectTarget, CreatedConnectToken, Instant } from './connect-tokens.ts'

/** Asks your server for a connect token for the signed-in user. Every flow gets a new one. */
export type CreateConnectToken<Created = CreatedConnectToken> = (
  target: ConnectTarget,
) => Promise<Created>

/** A connect token that your server keeps for the next click. */
export interface PreparedConnectToken {
  /** When your server drops it. */
  expiresAt: Instant
}

/** What your server knows of a flow. */
export interface FlowResult {
  /** `apn_...`: the account that the flow created or reconnected. Absent or null: none yet. */
  accountId?: string | null | undefined
}

/** The part of `localStorage` that a controller uses. */
export type FlowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** How a controller talks to your server, and what it remembers in the browser. */
export interface ConnectSettings<Created extends CreatedConnectToken = CreatedConnectToken> {
  /**
   * Called by `start`. Its rejection becomes an `ERR_TOKEN_FAILED`, unless it is a `ConnectError`, which is passed on as
   * it is.
   */
  createConnectToken: CreateConnectToken<Created>
  /**
   * Called by `prefetch`, before a click: has your server create a token, and keep it for this user and the next
   * `createConnectToken` with this target. It must not return the token, because the user has not started anything.
   * Resolve to when your server drops it; until then, or until `start`, it is not called for this target again. Failures
   * are ignored. Default: `prefetch` does nothing.
   */
  prepareConnectToken?(target: ConnectTarget): Promise<PreparedConnectToken>
  /**
   * Called when the page of a flow opens. Not awaited; its errors are reported as uncaught. Default: nothing is called.
   */
  onOpen?(flow: OpenedFlow<NoInfer<Created>>): unknown
  /**
   * Has your server verify and record the account; it should read the account from Pipedream. The resolved value is
   * passed to `onConnected`. A rejection becomes an `ERR_CONFIRM_FAILED`, after which `start` confirms again instead
   * of connecting a second account, unless the error's `retryable` is false. Default: accounts are not confirmed.
   */
  // A method, so that a `confirm` for a specific token type is assignable where any is accepted.
  confirm?(flow: FinishedFlow<NoInfer<Created>>): unknown
  /**
   * Asks your server what became of a flow, so that one that was cut off (the page was reloaded or closed, or its
   * pop-up cannot reach the frame) is still finished. Resolve to null or undefined for a flow that is not this user's.
   * A rejection means: ask again later. Default: flows that are cut off are not resumed, and none is remembered.
   */
  readFlow?(flow: RememberedFlow<NoInfer<Created>>): Promise<FlowResult | null | undefined>
  /**
   * Names the user, and the product where several share an origin. A flow is remembered with this name and resumed only
   * for the same name, so a second user of this browser never resumes the first one's flow. When you change it, call
   * `resume()`, which ends what the controller has of the previous user. Default: an empty name; then only `readFlow` can
   * tell users apart.
   */
  user?: string | undefined
  /**
   * Where open flows are remembered, without their tokens, under the key `pipedream-connect`; nothing is outside a secure
   * context. A flow of any user that was never resumed is removed by the first `resume()` from a day after its token has
   * expired. Default: `localStorage`.
   */
  storage?: FlowStorage | undefined
  /**
   * Milliseconds between two calls of `readFlow` while a flow is open or interrupted. 0: never; call `resume()` when
   * your server reports an account. Default: 5000.
   */
  pollMs?: number | undefined
  /** The hosted page, where the token does not name one. Default: `https://pipedream.com/_static/connect.html`. */
  connectUrl?: string | undefined
  /** The dialog's labels. Default: in English. */
  labels?: ConnectLabels | undefined
}

/**
 * How flows end. Each flow calls exactly one of these, once, unless `cancel()` ended it. A flow that failed and is
 * started again counts as a new one.
 */
export interface ConnectCallbacks<Created = CreatedConnectToken> {
  /** The account is connected; `confirmed` is what `confirm` resolved to. */
  onConnected?: ((flow: FinishedFlow<Created>, confirmed: unknown) => void) | undefined
  /** The flow failed; `start` tries again. */
  onError?: ((error: ConnectError, flow: FailedFlow<Created>) => void) | undefined
  /** The user closed the page. Nothing has changed. */
  onCancel?: ((flow: OpenedFlow<Created>) => void) | undefined
}

/** Options of `createConnectController`. Members are read when they are needed, so they may change at any time. */
export interface ConnectControllerOptions<Created extends CreatedConnectToken = CreatedConnectToken>
  extends ConnectSettings<Created>, ConnectCallbacks<NoInfer<Created>> {}
