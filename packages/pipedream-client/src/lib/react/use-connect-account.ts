import { useContext, useEffect, useState } from 'react'
import type { ConnectError } from '../browser/connect-error.ts'
import { ConnectContext } from './connect-context.ts'
import {
  type ConnectState,
  createConnector,
  IDLE,
  type IntentProps,
  type UseConnectAccountOptions,
} from './create-connector.ts'
import { useLatest } from './use-latest.ts'

/** What a component needs to let a person connect an account. The functions stay the same between renders. */
export interface ConnectAccountControls {
  state: ConnectState
  /** A flow goes on: `preparing`, `open` or `confirming`. */
  busy: boolean
  /** In the state `error`: why. Its message can be shown to the person. */
  error: ConnectError | undefined
  /**
   * In the state `error`: the hosted page for a tab of its own, when the frame was refused and the token came with
   * a `connectLinkUrl`. It holds the token. Let the person open it with `openLink`.
   */
  connectLinkUrl: string | undefined
  /**
   * Begins a flow, or tries again what failed. While one goes on it does nothing. With a token that was fetched ahead
   * the frame is there when it returns.
   */
  connect: () => void
  /**
   * Fetches a token ahead, unless one is there that has a minute to live. It tells of no failure: `connect` asks again.
   */
  prefetch: () => void
  /** Ends the flow, or puts the error away, without a callback. It does nothing while an account is confirmed. */
  cancel: () => void
  /**
   * Opens `connectLinkUrl` in a new tab and is done with the flow: how it ends, your server is told, not this page.
   * Call it in a click. False: there is no link, or the browser blocked the tab, which `error` then says.
   */
  openLink: () => boolean
  /** For the element that calls `connect`: `prefetch` on hover, focus and touch. */
  intentProps: IntentProps
}

/**
 * Lets the person connect an account of one app. Whatever it opened is closed when the component goes away; an account
 * that is being confirmed by then is still reported. Throws without a `ConnectProvider` around it.
 */
export function useConnectAccount(options: UseConnectAccountOptions): ConnectAccountControls {
  const provider = useContext(ConnectContext)
  if (provider === undefined) {
    throw new Error('useConnectAccount was called outside of a ConnectProvider. Put one around it.')
  }
  const latest = useLatest(options)
  const [status, onStatus] = useState(IDLE)
  const [connector] = useState(() => createConnector({ provider, options: latest, onStatus }))
  useEffect(() => connector.cancel, [connector])

  const { state, error, connectLinkUrl } = status
  const busy = state !== 'idle' && state !== 'error'
  return { state, busy, error, connectLinkUrl, ...connector }
}
