import { useConnectController } from 'pipedream-client/react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { commonMessages } from '../../i18n/common-messages.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { ownName } from '../../ui/base-path.ts'
import { useNotices } from '../../ui/notices.ts'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { useConnectionEvents } from '../../viewer/LiveEvents.tsx'
import { useUserId } from '../../viewer/session.tsx'
import type { ConnectFlow, ConnectStatus } from '../connect-flow.ts'
import { flowMessages } from './flow-messages.ts'
import {
  confirmConnection,
  createConnectToken,
  openFlow,
  prepareConnectToken,
  readFlow,
} from './gateway-calls.ts'
import {
  confirmHeld,
  endCancelled,
  endConnected,
  endFailed,
  type Page,
  type PageFlow,
  prepareToken,
  startFlow,
  tellInterrupted,
} from './page-flow.ts'
import { takeStart } from './take-start.ts'

interface ConnectFlowRunnerProps {
  /** Receives the flow at first, and after each change. */
  onChange: (flow: ConnectFlow) => void
}

/** Runs the page's one connect flow, and says how each flow ended. */
export function ConnectFlowRunner({ onChange }: ConnectFlowRunnerProps) {
  const [arrival, setArrival] = useState<string>()
  const [confirming, setConfirming] = useState<string>()
  const { page, state } = usePage(setArrival)
  const { target } = state
  const status = state.status === 'idle' || state.status === 'error' ? undefined : state.status
  const flow = useMemo<ConnectFlow>(
    () => ({
      status,
      running: status && target,
      arrival,
      confirming,
      onArrivalShown: () => setArrival(undefined),
      prepare: (target) => prepareToken(page, target),
      start: (target, origin) => startFlow(page, target, origin),
      async confirmHeld(target, held) {
        setConfirming(held.accountId)
        await confirmHeld(page, target, held)
        // Another one may have been started meanwhile.
        setConfirming((now) => (now === held.accountId ? undefined : now))
      },
    }),
    [page, status, target, arrival, confirming],
  )
  useLayoutEffect(() => onChange(flow), [flow, onChange])
  return <FlowStatusLine status={status} />
}

/** Connects the controller to the gateway, and to the page's notices and focus. */
function usePage(onArrival: (accountId: string) => void) {
  const client = useClient()
  const user = useUserId()
  const { notify, dismiss } = useNotices()
  const { dialogLabels, flow, errors } = useMessages(flowMessages)
  const { offline, broken } = useMessages(commonMessages).errors
  const sentence = useFailureSentence(errors)
  const { controller, state } = useConnectController<PageFlow>({
    createConnectToken: async (target) => ({
      ...(await createConnectToken(client, target)),
      appName: page.appNames.get(target.app) ?? target.app,
    }),
    prepareConnectToken: async (target) => prepareConnectToken(client, target),
    onOpen: async ({ created }) => openFlow(client, created.flow.id),
    confirm: async ({ accountId, created }) =>
      confirmConnection(client, { flowId: created.flow.id, accountId }),
    readFlow: async ({ created }) => readFlow(client, created.flow.id),
    user: ownName(user),
    labels: dialogLabels,
    // The event stream says when to look again.
    pollMs: 0,
    onConnected: (flow, confirmed) => endConnected(page, flow, nameOf(confirmed)),
    onCancel: (flow) => endCancelled(page, flow),
    onError: (error, flow) => endFailed(page, error, flow),
  })
  const messages = { ...flow, offline, broken }
  const tools: Page['tools'] = useLatest({
    client,
    controller,
    messages,
    sentence,
    notify,
    dismiss,
    onArrival,
  })
  const page: Page = useState<Page>(() => ({ tools, appNames: new Map() }))[0]

  useEffect(() => {
    const target = takeStart(user)
    if (target) startFlow(page, target, {})
  }, [page, user])
  const { interrupted } = state
  useEffect(() => {
    if (interrupted) tellInterrupted(page, interrupted)
  }, [page, interrupted])
  // The buttons of a notice belong to this page.
  useEffect(() => dismiss, [dismiss])
  useConnectionEvents(
    useCallback(
      ({ type }) => {
        const { status, interrupted } = controller.getState()
        // A flow of another tab is left to that tab, or to its "Confirm" button.
        if (type === 'ACCOUNT_HELD' && (status === 'open' || interrupted)) void controller.resume()
      },
      [controller],
    ),
  )
  return { page, state }
}

/** The account's name among what `confirm` resolved to. */
function nameOf(confirmed: unknown): string | null {
  const isNamed = typeof confirmed === 'object' && confirmed !== null && 'name' in confirmed
  return isNamed && typeof confirmed.name === 'string' ? confirmed.name : null
}

/** Tells screen readers where the flow is. */
function FlowStatusLine({ status }: { status: ConnectStatus | undefined }) {
  const { flow } = useMessages(flowMessages)
  const lines = {
    preparing: flow.preparingAloud,
    open: flow.openAloud,
    confirming: flow.confirmingAloud,
  }
  return <output className="sr-only">{status && lines[status]}</output>
}
