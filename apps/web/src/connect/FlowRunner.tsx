import { type ConnectAccountControls, useConnectAccount } from 'pipedream-client/react'
import { useEffect, useLayoutEffect } from 'react'
import type { ConnectTarget } from './connect-target.ts'

/** What can be done with the flows of one target. */
export type FlowControls = Pick<
  ConnectAccountControls,
  'connect' | 'prefetch' | 'cancel' | 'openLink'
>

type FlowStatus = Pick<ConnectAccountControls, 'state' | 'error' | 'connectLinkUrl'>

export interface FlowListener {
  /** The runner is there; it answers what takes it off again. */
  onReady: (target: ConnectTarget, controls: FlowControls) => () => void
  onStatus: (target: ConnectTarget, status: FlowStatus) => void
  onConnected: (target: ConnectTarget, accountId: string) => void
  onCancel: (target: ConnectTarget) => void
}

/**
 * Runs the flows of one target. It outlives the button that was pressed, which may be gone from the page, with its search
 * result or its empty list, before its flow is over.
 */
export function FlowRunner({ target, to }: { target: ConnectTarget; to: FlowListener }) {
  const { state, error, connectLinkUrl, ...controls } = useConnectAccount({
    app: target.app,
    accountId: target.accountId,
    onConnected: ({ accountId }) => to.onConnected(target, accountId),
    onCancel: () => to.onCancel(target),
  })
  const { connect, prefetch, cancel, openLink } = controls
  useLayoutEffect(
    () => to.onReady(target, { connect, prefetch, cancel, openLink }),
    [to, target, connect, prefetch, cancel, openLink],
  )
  useEffect(
    () => to.onStatus(target, { state, error, connectLinkUrl }),
    [to, target, state, error, connectLinkUrl],
  )
  return null
}
