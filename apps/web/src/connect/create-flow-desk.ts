import type { Answer, ConfirmedAccount } from './connect-calls.ts'
import type { ConnectOrigin, ConnectStage } from './connect-flow-context.ts'
import { type ConnectTarget, targetKey } from './connect-target.ts'
import { controlsOf, type Desk, flowOf, release, start, tell, tellArrival } from './desk.ts'
import { endFailed, endLeft } from './end-flow.ts'
import type { FlowDeskTools, FlowFruit } from './flow-desk-tools.ts'
import type { FlowListener } from './FlowRunner.tsx'

export interface FlowDesk {
  listener: FlowListener
  intend: (target: ConnectTarget) => void
  start: (target: ConnectTarget, origin: ConnectOrigin) => void
  /** The server has heard of an account that a flow made, although the frame may not have. */
  onHeld: (fruit: FlowFruit) => void
  /** Confirms an account that waits for it, of a flow of this browser. */
  takeIn: (target: ConnectTarget, fruit: FlowFruit) => Promise<void>
  /** Ends a flow that a reload of the page has cut off. */
  endCutOff: (flowId: string, target: ConnectTarget) => Promise<void>
}

/** Runs the page's flows, one at a time, and tells how each ended. */
export function createFlowDesk(tools: { readonly current: FlowDeskTools }): FlowDesk {
  const desk: Desk = {
    tools,
    controls: new Map(),
    running: undefined,
    served: undefined,
    cutOff: undefined,
  }
  return {
    start: (target, origin) => start(desk, target, origin),
    intend(target) {
      // Focus and pointer find their button again when the frame goes; that is not a wish for the next one.
      if (desk.served === targetKey(target)) return
      desk.served = undefined
      controlsOf(desk, target)?.prefetch()
    },
    onHeld(fruit) {
      const { target, stage } = desk.running ?? {}
      const cutOff = desk.cutOff?.flowId === fruit.flowId ? desk.cutOff.target : undefined
      // The person may have begun anew, and then gone on in the first window all the same.
      const isOurs =
        target && (flowOf(desk, target)?.flow.id === fruit.flowId || isSame(target, cutOff))
      if (isOurs && stage === 'open') void adopt(desk, target, fruit)
      else if (cutOff) void takeIn(desk, cutOff, fruit)
    },
    takeIn: async (target, fruit) => takeIn(desk, target, fruit),
    endCutOff: async (flowId, target) => endCutOff(desk, flowId, target),
    listener: {
      onReady(target, controls) {
        desk.controls.set(targetKey(target), controls)
        return () => desk.controls.delete(targetKey(target))
      },
      onStatus(target, { state, error, connectLinkUrl }) {
        if (!isRunning(desk, target) || state === 'idle') return
        if (state !== 'error') move(desk, target, state)
        else if (error) endFailed(desk, target, { error, connectLinkUrl })
      },
      onConnected(target, accountId) {
        if (!isRunning(desk, target)) return
        release(desk, true)
        tellArrival(desk, target, accountId)
      },
      onCancel(target) {
        if (!isRunning(desk, target)) return
        release(desk, false)
        void endLeft(desk, target, { outcome: { type: 'cancelled' } })
      },
    },
  }
}

function isRunning({ running }: Desk, target: ConnectTarget): boolean {
  return isSame(target, running?.target)
}

function isSame(one: ConnectTarget, other: ConnectTarget | undefined): boolean {
  return other !== undefined && targetKey(one) === targetKey(other)
}

function move(desk: Desk, target: ConnectTarget, stage: ConnectStage): void {
  if (desk.running) desk.running.stage = stage
  desk.tools.current.setFlow({ status: stage, target })
  const flow = flowOf(desk, target)
  if (stage === 'open' && flow) desk.tools.current.remember({ flowId: flow.flow.id, target })
}

/** Ends the open flow with an account that the server knows of: a frame that lost its pop-up never will. */
async function adopt(desk: Desk, target: ConnectTarget, fruit: FlowFruit): Promise<void> {
  desk.cutOff = undefined
  desk.controls.get(targetKey(target))?.cancel()
  move(desk, target, 'confirming')
  const answer = await desk.tools.current.confirm(fruit)
  const origin = release(desk, answer.ok)
  const onRetry = () => {
    desk.running = { target, origin }
    void adopt(desk, target, fruit)
  }
  tellTaken(desk, target, { answer, onRetry })
}

/** Confirms the account of a flow that no frame of this page belongs to any more. */
async function takeIn(desk: Desk, target: ConnectTarget, fruit: FlowFruit): Promise<void> {
  if (desk.cutOff?.flowId === fruit.flowId) desk.cutOff = undefined
  const answer = await desk.tools.current.confirm(fruit)
  tellTaken(desk, target, { answer, onRetry: () => void takeIn(desk, target, fruit) })
}

interface Taken {
  answer: Answer<ConfirmedAccount>
  onRetry: () => void
}

function tellTaken(desk: Desk, target: ConnectTarget, { answer, onRetry }: Taken): void {
  const { onArrival, sentence } = desk.tools.current
  if (!answer.ok) {
    return tell(desk, target, { type: 'failed', reason: sentence(answer.failure), onRetry })
  }
  onArrival(answer.value.id)
  tell(desk, target, { type: 'connected', accountName: answer.value.name })
}

/** The provider's window may still be open, so the flow is left as it is: what comes of it is taken in, or expires. */
async function endCutOff(desk: Desk, flowId: string, target: ConnectTarget): Promise<void> {
  const { readCutOff, notify, words } = desk.tools.current
  desk.cutOff = { flowId, target }
  const flow = await readCutOff(flowId)
  // Of somebody else's flow, or of one that the server knows nothing of, there is nothing to tell.
  if (flow === undefined || desk.running || desk.cutOff?.flowId !== flowId) return
  if (flow.status === 'SUCCEEDED' && flow.accountId !== null) {
    return tellArrival(desk, target, flow.accountId)
  }
  const { heldAccountId } = flow
  if (heldAccountId !== null) return takeIn(desk, target, { flowId, accountId: heldAccountId })
  const text = words.cutOff({ app: target.appName })
  notify({ kind: 'quiet', text, onRetry: () => start(desk, target, {}) })
}
