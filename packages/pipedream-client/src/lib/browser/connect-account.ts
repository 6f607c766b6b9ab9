import { ConnectError, toConnectError } from './connect-error.ts'
import { type ConnectAccountOptions, readConnectUrl } from './connect-options.ts'
import { type ConnectDialog, openDialog, type ShownPage } from './open-dialog.ts'
import { type ConnectMessage, readMessage } from './read-message.ts'
import { fireAfter, watchLoading } from './watch-loading.ts'

/** The connected account, as named by the hosted page. */
export interface ConnectedAccount {
  /** `apn_...`. It comes from the browser: have your server read the account from Pipedream before trusting it. */
  accountId: string
}

/** One connect flow, open in the page. */
export interface ConnectFlow {
  /**
   * Settles exactly once, after the frame, listeners, focus and scrolling are restored.
   * Rejects with a `ConnectError`; an unhandled rejection is not reported.
   */
  readonly result: Promise<ConnectedAccount>
  /** Closes the page, as if the user had. Does nothing after the flow has ended. */
  close(): void
}

/**
 * Lets the user connect an account: opens Pipedream's hosted page over the whole window.
 *
 * Never throws; every failure rejects `result`. Success ends the flow immediately. An error reported by the page does
 * not end it, because the page offers to try again: the flow continues until it succeeds or the page is closed, and in
 * the latter case rejects with that error.
 */
export function connectAccount(options: ConnectAccountOptions): ConnectFlow {
  return openPage(options, readConnectUrl)
}

/** What a flow needs before its page is known. */
type PageSettings = Pick<ConnectAccountOptions, 'labels' | 'signal' | 'timeoutMs'>

/** A flow whose dialog opens before its page is known. */
interface OpenPage extends ConnectFlow {
  /** Shows the page in the dialog. Throws what `result` rejected with, if the flow has ended. */
  show(url: URL): void
}

/** As `connectAccount`; without `readUrl`, the dialog is empty until `show` is called. */
export function openPage<Options extends PageSettings>(
  options: Options,
  readUrl?: (options: Options) => URL,
): OpenPage {
  const { promise: result, resolve, reject } = Promise.withResolvers<ConnectedAccount>()
  // Callers that only use `close()` do not handle the rejection.
  result.catch(() => {})
  const ending = new AbortController()
  const { signal: over } = ending
  let opened: ConnectDialog | undefined
  let lastError: ConnectError | undefined

  const settle = (outcome: ConnectedAccount | ConnectError) => {
    if (over.aborted) return
    ending.abort(outcome)
    opened?.remove()
    if (outcome instanceof ConnectError) reject(outcome)
    else resolve(outcome)
  }
  const close = () =>
    settle(lastError ?? new ConnectError('ERR_CANCELLED', 'Connecting the account was cancelled.'))
  const onMessage = (message: ConnectMessage) => {
    if (message.type === 'success') settle({ accountId: message.accountId })
    else if (message.type === 'error') lastError = message.error
    else close()
  }

  const show = (url: URL) => {
    over.throwIfAborted()
    opened?.show(url, (shown) => {
      watchLoading(shown, over, settle)
      listen(shown, over, onMessage)
    })
  }

  try {
    const url = readUrl?.(options)
    watchCaller(options, over, settle)
    if (!over.aborted) {
      opened = openDialog(options.labels)
      watchRemoval(opened.dialog, over, close)
      opened.dialog.addEventListener('close', close, { signal: over })
      if (url) show(url)
    }
  } catch (error) {
    settle(toConnectError(error, 'ERR_LOAD_FAILED', 'The page could not be shown here.'))
  }
  return { result, close, show }
}

/** Ends the flow when the caller's signal is aborted, or already was, and when `timeoutMs` has passed. */
function watchCaller(
  { signal, timeoutMs }: PageSettings,
  over: AbortSignal,
  end: (error: ConnectError) => void,
): void {
  const abort = () =>
    end(new ConnectError('ERR_ABORTED', 'Connecting the account was stopped.', signal?.reason))
  if (signal?.aborted) return abort()
  signal?.addEventListener('abort', abort, { signal: over })
  if (timeoutMs) {
    fireAfter(timeoutMs, over, () =>
      end(new ConnectError('ERR_TIMEOUT', 'Connecting the account took too long. Try again.')),
    )
  }
}

/** Ends the flow when the page removes the dialog, as some routers do with all of `body`, or hides its popover. */
function watchRemoval(dialog: Element, over: AbortSignal, end: () => void): void {
  const observer = new MutationObserver(() => {
    if (!dialog.isConnected) end()
  })
  observer.observe(document, { childList: true, subtree: true })
  // A modal dialog inside a hidden popover is invisible but still blocks the page.
  dialog.parentElement?.addEventListener(
    'toggle',
    (event) => {
      if (event.newState === 'closed') end()
    },
    { signal: over },
  )
  over.addEventListener('abort', () => observer.disconnect())
}

// Any window can post a message here. Only the opened page, in the frame opened for it, is trusted.
function listen(
  { frame, origin }: ShownPage,
  over: AbortSignal,
  onMessage: (message: ConnectMessage) => void,
): void {
  const onEvent = (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return
    const message = readMessage(event.data)
    if (message) onMessage(message)
  }
  addEventListener('message', onEvent, { signal: over })
}
