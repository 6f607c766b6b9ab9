/**
 * Why no account was connected. These codes never change:
 *
 * - `ERR_CANCELLED`: the user closed the page, the embedding page removed it, or `close()` was called.
 * - `ERR_PROVIDER`: Pipedream or the provider refused; the message is the sentence shown to the user.
 * - `ERR_ABORTED`: `signal` was aborted; `cause` is its reason.
 * - `ERR_TIMEOUT`: `timeoutMs` passed.
 * - `ERR_LOAD_FAILED`: the page did not load within 30 seconds, or could not be shown.
 * - `ERR_FRAME_BLOCKED`: the frame was blocked by a header of your page or of Pipedream's, named in the message and in a
 *   console warning, or by a browser extension. `connectLinkUrl` in a new tab still works.
 * - `ERR_BAD_RESPONSE`: the page reported success without naming the account. It may exist: reload your list of accounts.
 * - `ERR_INVALID_INPUT`: an option is invalid; nothing was opened.
 *
 * Only from a connect controller, and so from the React entry point:
 *
 * - `ERR_TOKEN_FAILED`: `createConnectToken` failed; `cause` is its error.
 * - `ERR_CONFIRM_FAILED`: the account was connected, but `confirm` failed; `cause` is its error.
 * - `ERR_POPUP_BLOCKED`: the browser blocked the new tab for the hosted link.
 */
export type ConnectErrorCode =
  | 'ERR_CANCELLED'
  | 'ERR_PROVIDER'
  | 'ERR_ABORTED'
  | 'ERR_TIMEOUT'
  | 'ERR_LOAD_FAILED'
  | 'ERR_FRAME_BLOCKED'
  | 'ERR_BAD_RESPONSE'
  | 'ERR_INVALID_INPUT'
  | 'ERR_TOKEN_FAILED'
  | 'ERR_CONFIRM_FAILED'
  | 'ERR_POPUP_BLOCKED'

/** The error of a failed connect flow. Its message can be shown to the user and never contains the connect token. */
export class ConnectError extends Error {
  /** Always `ConnectError`. */
  override readonly name = 'ConnectError'
  /** Why no account was connected. */
  readonly code: ConnectErrorCode

  /** `message` may be shown to the user. `cause`, the underlying error, is left out when undefined. */
  constructor(code: ConnectErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** Wraps an error of a callback, unless it already is a `ConnectError` with a sentence of the callback's own. */
export function toConnectError(
  cause: unknown,
  code: ConnectErrorCode,
  message: string,
): ConnectError {
  return cause instanceof ConnectError ? cause : new ConnectError(code, message, cause)
}
