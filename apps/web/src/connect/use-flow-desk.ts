import { useCallback, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { useClient } from 'urql'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { useNotices } from '../ui/notices.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useLatest } from '../ui/use-latest.ts'
import { useConnectionEvents } from '../viewer/LiveEvents.tsx'
import { focusAccountsHeading } from './focus-accounts-heading.ts'
import { connectMessages } from './connect-messages.ts'
import { confirmConnection, leaveFlow, readCutOff } from './connect-calls.ts'
import type { ConnectFlow, ConnectFlowValue, ConnectOrigin } from './connect-flow-context.ts'
import type { ConnectTarget } from './connect-target.ts'
import { createFlowDesk } from './create-flow-desk.ts'
import type { FlowDeskTools } from './flow-desk-tools.ts'
import type { FlowListener } from './FlowRunner.tsx'
import { rememberFlow, takeRememberedFlow } from './remembered-flow.ts'

interface FlowDeskParts {
  value: ConnectFlowValue
  /** Everything that somebody has had in mind to connect, each with a runner of its own. */
  targets: readonly ConnectTarget[]
  listener: FlowListener
}

/** The desk at which this page's flows are run. */
export function useFlowDesk(known: FlowDeskTools['known']): FlowDeskParts {
  const [flow, setFlow] = useState<ConnectFlow>({ status: 'idle' })
  const [arrival, setArrival] = useState<string>()
  const [targets, setTargets] = useState<readonly ConnectTarget[]>([])
  const calls = useDeskCalls()

  const tools: FlowDeskTools = {
    ...calls,
    known,
    setFlow,
    onArrival: setArrival,
    addRunner: (target) => flushSync(() => setTargets((before) => [...before, target])),
    returnFocus,
  }
  const latest = useLatest(tools)
  const [desk] = useState(() => createFlowDesk(latest))
  useCutOffFlow(desk.endCutOff)
  // Their buttons belong to this page.
  useEffect(() => calls.dismiss, [calls.dismiss])
  useConnectionEvents(
    useCallback(
      ({ type, flowId, accountId }) => {
        if (type === 'ACCOUNT_HELD' && flowId !== null && accountId !== null)
          desk.onHeld({ flowId, accountId })
      },
      [desk],
    ),
  )
  const value = useMemo(
    () => ({
      flow,
      arrival,
      onArrivalShown: () => setArrival(undefined),
      intend: desk.intend,
      takeIn: desk.takeIn,
      start: desk.start,
    }),
    [flow, arrival, desk],
  )
  return { value, targets, listener: desk.listener }
}

/** What the desk says and asks, in the page's language and of this person's server. */
function useDeskCalls() {
  const client = useClient()
  const { notify, dismiss } = useNotices()
  const { flow: words } = useMessages(connectMessages)
  const { offline, broken } = useMessages(commonMessages).errors
  const sentence = useFailureSentence()
  return {
    notify,
    dismiss,
    sentence,
    words: { ...words, offline, broken },
    isOnline: () => navigator.onLine,
    readCutOff: async (flowId) => readCutOff(client, flowId),
    confirm: async (input) => confirmConnection(client, input),
    leave: async (input) => leaveFlow(client, input),
    remember: rememberFlow,
  } satisfies Partial<FlowDeskTools>
}

/** Ends the flow that a reload has cut off, and forgets the one that is open when the person leaves this page. */
function useCutOffFlow(end: (flowId: string, target: ConnectTarget) => Promise<void>): void {
  useEffect(() => {
    void takeRememberedFlow().then((left) => left && end(left.flowId, left.target))
    return () => rememberFlow(undefined)
  }, [end])
}

function returnFocus({ trigger, vanishes = false }: ConnectOrigin, connected: boolean): void {
  // Without scrolling, which is for the account that has arrived.
  if (trigger?.isConnected && !(vanishes && connected)) trigger.focus({ preventScroll: true })
  else focusAccountsHeading()
}
