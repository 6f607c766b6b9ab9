import type { ConnectError } from 'pipedream-client/react'
import type { FlowTrouble } from './connect-calls.ts'
import type { ConnectTarget } from './connect-target.ts'
import { controlsOf, type Desk, flowOf, release, start, tell, tellArrival } from './desk.ts'
import { CallError, failureSentence, troubleOf } from './flow-failure.ts'
import type { FailedOutcome, FlowOutcome } from './flow-notice.ts'

interface Left {
  outcome: FlowOutcome
  trouble?: FlowTrouble | undefined
}

/** Closes a flow on the server, where it may turn out to have made an account all the same. */
export async function endLeft(
  desk: Desk,
  target: ConnectTarget,
  { outcome, trouble }: Left,
): Promise<void> {
  const flowId = flowOf(desk, target)?.flow.id
  const left =
    flowId === undefined ? undefined : await desk.tools.current.leave({ flowId, trouble })
  if (left?.accountId == null) tell(desk, target, outcome)
  else tellArrival(desk, target, left.accountId)
}

interface Failure {
  error: ConnectError
  connectLinkUrl: string | undefined
}

/** Ends a flow that failed, and offers the way out. */
export function endFailed(desk: Desk, target: ConnectTarget, failure: Failure): void {
  const { error, connectLinkUrl } = failure
  const { words, isOnline } = desk.tools.current
  const online = isOnline()
  const origin = release(desk, false)
  const flow = flowOf(desk, target)
  const expired = flow !== undefined && Date.parse(flow.expiresAt) <= Date.now()
  const outcome: FailedOutcome = {
    type: 'failed',
    reason: failureSentence(error, { online, expired, words }),
    supportCode: error instanceof CallError ? error.supportCode : flow?.flow.supportCode,
    onRetry: () => start(desk, target, origin),
  }
  // Our own server ended it, or will when it is asked again.
  if (error instanceof CallError) tell(desk, target, outcome)
  else if (connectLinkUrl !== undefined && online) offerTab(desk, target, outcome)
  else void endLeft(desk, target, { outcome, trouble: troubleOf(error, online) })
}

// The flow stays open: the tab goes on with it, and the server hears how it ends.
function offerTab(desk: Desk, target: ConnectTarget, outcome: FailedOutcome): void {
  const { openTab, popupBlocked } = desk.tools.current.words
  const onRetry = () => {
    if (controlsOf(desk, target)?.openLink() === false) {
      offerTab(desk, target, { ...outcome, reason: popupBlocked })
    }
  }
  tell(desk, target, { ...outcome, retryLabel: openTab, onRetry })
}
