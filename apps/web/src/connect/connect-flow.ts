import type { ConnectState } from 'pipedream-client/react'
import { createContext, type MouseEvent, useContext, useEffect, useRef } from 'react'

/** What the user connects. */
export interface ConnectTarget {
  /** The app's slug. */
  app: string
  appName: string
  /** Reconnect this account in place, instead of adding one. */
  accountId?: string | undefined
}

/** Where a running flow is. */
export type ConnectStatus = Exclude<ConnectState, 'idle' | 'error'>

/** Where the focus goes when a flow has ended. */
export interface ConnectOrigin {
  /** The button that was pressed, if any: it gets the focus back. */
  trigger?: HTMLElement | undefined
  /** The button goes away when the flow succeeds, so the list of accounts gets the focus instead. */
  vanishes?: boolean | undefined
}

/** An account that waits for its confirmation. */
export interface HeldAccount {
  accountId: string
  flowId: string
}

export interface ConnectFlow {
  /** Where the page's flow is; undefined if none is running. */
  status: ConnectStatus | undefined
  /** What the running flow connects. */
  running: { app: string; accountId?: string | undefined } | undefined
  /** The account that the last flow connected, until it has been shown. */
  arrival: string | undefined
  /** The held account that is being confirmed. */
  confirming: string | undefined
  onArrivalShown: () => void
  /** Has the gateway prepare a token, because the user seems to be about to start. */
  prepare: (target: ConnectTarget) => void
  /** Starts a flow. Does nothing while one is running, because a page shows one connect dialog at a time. */
  start: (target: ConnectTarget, origin: ConnectOrigin) => void
  /** Confirms an account of a flow that this browser started. */
  confirmHeld: (target: ConnectTarget, held: HeldAccount) => Promise<void>
}

/** No flow, and nothing that could start one. */
export const NO_FLOW: ConnectFlow = {
  status: undefined,
  running: undefined,
  arrival: undefined,
  confirming: undefined,
  onArrivalShown: () => undefined,
  prepare: () => undefined,
  start: () => undefined,
  confirmHeld: async () => undefined,
}

export const ConnectFlowContext = createContext(NO_FLOW)

/** The page's connect flow: where it is, and how to start one. */
export function useConnectFlow(): ConnectFlow {
  return useContext(ConnectFlowContext)
}

// A pointer that crosses the page, or a keyboard that tabs through it, passes buttons without interest in them.
const REST_MS = 120

/** The status of a target's flow, and the props of the button that starts it. */
export function useConnectTrigger(target: ConnectTarget, options: { vanishes?: boolean } = {}) {
  const { status, running, start, prepare } = useConnectFlow()
  const { vanishes } = options
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const isOwn = running?.app === target.app && running.accountId === target.accountId

  const leave = () => clearTimeout(timer.current)
  const rest = () => {
    leave()
    timer.current = setTimeout(() => prepare(target), REST_MS)
  }
  return {
    status: isOwn ? status : undefined,
    trigger: {
      busy: isOwn,
      disabled: status !== undefined,
      onPointerEnter: rest,
      onPointerLeave: leave,
      onFocus: rest,
      onBlur: leave,
      onTouchStart: () => prepare(target),
      onClick: ({ currentTarget }: MouseEvent<HTMLElement>) =>
        start(target, { trigger: currentTarget, vanishes }),
    },
  }
}
