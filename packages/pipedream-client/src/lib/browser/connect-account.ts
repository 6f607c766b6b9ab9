import { ConnectError } from './connect-error.ts'
import { type ConnectAccountOptions, readConnectUrl } from './connect-options.ts'
import { type ConnectDialog, openDialog } from './open-dialog.ts'
import { type ConnectMessage, readMessage } from './read-message.ts'
import { stopWhenTold } from './stop-when-told.ts'
import { watchLoading } from './watch-loading.ts'
import { watchRemoval } from './watch-removal.ts'

/** The account that was connected, as the hosted page names it. */
export interface ConnectedAccount {
  /** `apn_...`. It comes from the browser: let your server read the account from Pipedream before it believes it. */
  accountId: string
}

/** One flow, open in the page. */
export interface ConnectFlow {
  /**
   * Settles exactly once, when frame, listeners, focus and scrolling are as they were before.
   * Rejects with a `ConnectError`; a rejection that nobody looks at is not reported as unhandled.
   */
  readonly result: Promise<ConnectedAccount>
  /** Closes the page, as if the person had. It does nothing once the flow is over. */
  close(): void
}

/**
 * Lets the person connect an account: opens Pipedream's hosted page over the whole window.
 *
 * It never throws; whatever goes wrong is a rejection of `result`. Success ends the flow at once. An error that the
 * page reports does not, because the page offers to try again: the flow goes on until it succeeds, or until the
 * page is closed; then it rejects with that error.
 */
export function connectAccount(options: ConnectAccountOptions): ConnectFlow {
  const { promise: result, resolve, reject } = Promise.withResolvers<ConnectedAccount>()
  // Whoever only calls `close()` does not want to hear of it.
  result.catch(() => {})
  const over = new AbortController()
  let opened: ConnectDialog | undefined
  let lastError: ConnectError | undefined

  const settle = (outcome: ConnectedAccount | ConnectError) => {
    if (over.signal.aborted) return
    over.abort()
    opened?.remove()
    if (outcome instanceof ConnectError) reject(outcome)
    else resolve(outcome)
  }
  const close = () =>
    settle(lastError ?? new ConnectError('ERR_CANCELLED', 'Connecting the account was cancelled.'))
  const hear = (message: ConnectMessage) => {
    if (message.type === 'success') settle({ accountId: message.accountId })
    else if (message.type === 'error') lastError = message.error
    else close()
  }

  try {
    const url = readConnectUrl(options)
    stopWhenTold(options, over.signal, settle)
    if (over.signal.aborted) return { result, close }
    opened = openDialog(url)
    watchLoading(opened.frame, over.signal, settle)
    watchRemoval(opened.dialog, over.signal, close)
    listen(opened.frame, over.signal, hear)
    opened.dialog.addEventListener('close', close, { signal: over.signal })
  } catch (error) {
    settle(error instanceof ConnectError ? error : cannotShow(error))
  }
  return { result, close }
}

// Any window can post a message here. Only the page that was opened, in the frame that was opened for it, is believed.
function listen(
  frame: HTMLIFrameElement,
  over: AbortSignal,
  hear: (message: ConnectMessage) => void,
): void {
  const { origin } = new URL(frame.src)
  const onMessage = (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return
    const message = readMessage(event.data)
    if (message !== undefined) hear(message)
  }
  addEventListener('message', onMessage, { signal: over })
}

function cannotShow(cause: unknown): ConnectError {
  return new ConnectError('ERR_LOAD_FAILED', 'The page could not be shown here.', cause)
}
