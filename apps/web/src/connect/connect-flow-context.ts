import { createContext, type MouseEvent, useContext, useEffect, useRef } from 'react'
import { type ConnectTarget, targetKey } from './connect-target.ts'
import type { FlowFruit } from './flow-desk-tools.ts'

/** Where a running flow is: minting the token, waiting for the person, having the server check. */
export type ConnectStage = 'preparing' | 'open' | 'confirming'

/** The flow that this page is in. Its end is an outcome, told by a notice; then the page is idle again. */
export type ConnectFlow = { status: 'idle' } | { status: ConnectStage; target: ConnectTarget }

export interface ConnectOrigin {
  /** The button that was pressed, if one was: the focus comes back to it. */
  trigger?: HTMLElement | undefined
  /** The button goes away when the flow succeeds, so the focus goes to the list of accounts instead. */
  vanishes?: boolean | undefined
}

export interface ConnectFlowValue {
  flow: ConnectFlow
  /** The account that the last flow connected, until it has been shown. */
  arrival: string | undefined
  onArrivalShown: () => void
  /** Fetches a token ahead, because the person seems to be about to start. */
  intend: (target: ConnectTarget) => void
  /** Confirms an account that waits for it, of a flow that this browser began. */
  takeIn: (target: ConnectTarget, fruit: FlowFruit) => Promise<void>
  /** Starts a flow; while one is running it does nothing, for a page shows one connect frame at a time. */
  start: (target: ConnectTarget, origin: ConnectOrigin) => void
}

export const ConnectFlowContext = createContext<ConnectFlowValue>({
  flow: { status: 'idle' },
  arrival: undefined,
  onArrivalShown: () => undefined,
  intend: () => undefined,
  takeIn: async () => undefined,
  start: () => undefined,
})

/** The page's connect flow: where it is, and how to start one. */
export function useConnectFlow(): ConnectFlowValue {
  return useContext(ConnectFlowContext)
}

// A pointer on its way across the page, or a keyboard on its way down, wants nothing of what it passes.
const RESTED_MS = 120

/** What a button needs that connects `target`: where its flow is, and its handlers. */
export function useConnectTrigger(target: ConnectTarget, options: { vanishes?: boolean } = {}) {
  const { flow, start, intend } = useConnectFlow()
  const { vanishes } = options
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const key = targetKey(target)
  const stage = flow.status !== 'idle' && targetKey(flow.target) === key ? flow.status : undefined

  const forget = () => clearTimeout(timer.current)
  const rest = () => {
    forget()
    timer.current = setTimeout(() => intend(target), RESTED_MS)
  }
  return {
    stage,
    trigger: {
      busy: stage !== undefined,
      disabled: flow.status !== 'idle',
      onPointerEnter: rest,
      onPointerLeave: forget,
      onFocus: rest,
      onBlur: forget,
      onTouchStart: () => intend(target),
      onClick: ({ currentTarget }: MouseEvent<HTMLElement>) =>
        start(target, { trigger: currentTarget, vanishes }),
    },
  }
}
