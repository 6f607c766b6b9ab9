import type { ConnectOrigin, ConnectStage } from './connect-flow-context.ts'
import { type ConnectTarget, targetKey } from './connect-target.ts'
import type { FlowDeskTools, KnownFlow } from './flow-desk-tools.ts'
import { type FlowOutcome, flowNotice } from './flow-notice.ts'
import type { FlowControls } from './FlowRunner.tsx'

/** The desk at which a page's flows are run: one of them at a time. */
export interface Desk {
  /** The latest; they change with the language of the page. */
  tools: { readonly current: FlowDeskTools }
  controls: Map<string, FlowControls>
  running: { target: ConnectTarget; origin: ConnectOrigin; stage?: ConnectStage } | undefined
  /** The target whose flow ended last, until the person turns to another. */
  served: string | undefined
  /** The flow that a reload of the page has cut off, which its provider's window may still finish. */
  cutOff: { flowId: string; target: ConnectTarget } | undefined
}

/** Begins a flow, or takes up again what failed. */
export function start(desk: Desk, target: ConnectTarget, origin: ConnectOrigin): void {
  if (desk.running) return
  const { words, dismiss, isOnline } = desk.tools.current
  dismiss()
  if (!isOnline()) {
    const onRetry = () => start(desk, target, origin)
    return tell(desk, target, { type: 'failed', reason: words.offline, onRetry })
  }
  desk.running = { target, origin }
  controlsOf(desk, target)?.connect()
}

/** The controls of a target's runner, which is put into the page when there is none. */
export function controlsOf(desk: Desk, target: ConnectTarget): FlowControls | undefined {
  const key = targetKey(target)
  if (!desk.controls.has(key)) desk.tools.current.addRunner(target)
  return desk.controls.get(key)
}

/** Gives the page back to the person; answers where the flow had begun. */
export function release(desk: Desk, connected: boolean): ConnectOrigin {
  const { origin = {}, target } = desk.running ?? {}
  desk.served = target && targetKey(target)
  desk.running = undefined
  desk.tools.current.remember(undefined)
  desk.tools.current.setFlow({ status: 'idle' })
  desk.tools.current.returnFocus(origin, connected)
  return origin
}

/** The flow of a target as the server minted it last. */
export function flowOf(desk: Desk, target: ConnectTarget): KnownFlow | undefined {
  return desk.tools.current.known.get(targetKey(target))
}

/** Says how a flow ended, unless the person has begun the next one. */
export function tell(desk: Desk, target: ConnectTarget, outcome: FlowOutcome): void {
  const { notify, words } = desk.tools.current
  if (!desk.running) notify(flowNotice(outcome, { target, words }))
}

/** Says that a flow ended with an account. */
export function tellArrival(desk: Desk, target: ConnectTarget, accountId: string): void {
  desk.tools.current.onArrival(accountId)
  tell(desk, target, { type: 'connected', accountName: flowOf(desk, target)?.accountName ?? null })
}
