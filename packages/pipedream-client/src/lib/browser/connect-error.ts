/**
 * Why no account was connected, as a word that never changes:
 *
 * - `ERR_CANCELLED`: the person closed the page, the embedding page dropped it, or `close()` was called.
 * - `ERR_PROVIDER`: Pipedream or the provider refused; the message is the sentence that the person was shown.
 * - `ERR_ABORTED`: `signal` was aborted; `cause` is its reason.
 * - `ERR_TIMEOUT`: `timeoutMs` passed.
 * - `ERR_LOAD_FAILED`: the page did not load within 30 seconds, or could not be shown.
 * - `ERR_FRAME_BLOCKED`: a header of your page or of Pipedream's, which the message and a console warning name, or an
 *   extension of the browser keeps the page out of its frame. `connectLinkUrl` in a new tab works all the same.
 * - `ERR_BAD_RESPONSE`: the page reported success but not which account. It may exist: read the list again.
 * - `ERR_INVALID_INPUT`: an option is wrong; nothing was opened.
 *
 * And, from the React door alone:
 *
 * - `ERR_TOKEN_FAILED`: `createConnectToken` failed; `cause` is its error.
 * - `ERR_CONFIRM_FAILED`: the account was connected, but `confirm` failed; `cause` is its error.
 * - `ERR_POPUP_BLOCKED`: the browser did not let the hosted link open in a new tab.
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

/** Every rejection of `connectAccount`, and every error of the React door. Its message can be shown to a person, and never holds the connect token. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError'
  /** Why, as a word that never changes. */
  readonly code: ConnectErrorCode

  constructor(code: ConnectErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
