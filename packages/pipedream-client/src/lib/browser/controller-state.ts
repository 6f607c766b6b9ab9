import type { ConnectError } from './connect-error.ts'
import type { RememberedFlow } from './connect-flows.ts'
import type { ConnectTarget, CreatedConnectToken } from './connect-tokens.ts'

/**
 * Where a flow is: none is running, the token is awaited, Pipedream's page is open, `confirm` is awaited, or the last
 * flow failed.
 */
export type ConnectState = 'idle' | 'preparing' | 'open' | 'confirming' | 'error'

/** A snapshot of a controller; every change makes a new object. */
export interface ConnectControllerState<Created = CreatedConnectToken> {
  /** Where the flow is. */
  status: ConnectState
  /** What the running or failed flow connects; undefined with status `idle`. */
  target?: ConnectTarget | undefined
  /** With status `error`: why. Its message can be shown to the user. */
  error?: ConnectError | undefined
  /**
   * With status `error`: the hosted page for a tab of its own, if the frame was blocked and the token came with a
   * `connectLinkUrl`. It contains the token. Open it with `openLink`.
   */
  connectLinkUrl?: string | undefined
  /**
   * A flow that was cut off, by a reload for example, and whose provider window may still be open; the latest, if there
   * are several. Each is finished, at any status, when `readFlow` finds its account, and dropped when its token expires.
   */
  interrupted?: RememberedFlow<Created> | undefined
}
