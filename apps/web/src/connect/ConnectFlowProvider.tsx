import { ConnectProvider, type FinishedFlow, type OpenedFlow } from 'pipedream-client/react'
import { useCallback, useState } from 'react'
import { useClient } from 'urql'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import {
  confirmConnection,
  createConnectToken,
  type MintedFlow,
  openFlow,
} from './connect-calls.ts'
import { ConnectFlowContext } from './connect-flow-context.ts'
import { type ConnectTarget, targetKey } from './connect-target.ts'
import type { KnownFlow } from './flow-desk-tools.ts'
import { CallError } from './flow-failure.ts'
import { FlowRunner } from './FlowRunner.tsx'
import { FlowStatusLine } from './FlowStatusLine.tsx'
import { useFlowDesk } from './use-flow-desk.ts'
import type { Elements } from '../ui/elements.ts'

/** Gives everything inside it the page's one connect flow, and tells how each ended. */
export function ConnectFlowProvider({ children }: { children: Elements }) {
  const client = useClient()
  const sentence = useFailureSentence()
  const [known] = useState(() => new Map<string, KnownFlow>())

  const mint = useCallback(
    async (target: Pick<ConnectTarget, 'app' | 'accountId'>): Promise<MintedFlow> => {
      const answer = await createConnectToken(client, target)
      if (!answer.ok) {
        const { failure } = answer
        throw new CallError('ERR_TOKEN_FAILED', { sentence: sentence(failure), failure })
      }
      known.set(targetKey(target), { ...answer.value, accountName: null })
      return answer.value
    },
    [client, sentence, known],
  )
  const begin = useCallback(
    ({ created }: OpenedFlow<MintedFlow>) => openFlow(client, created.flow.id),
    [client],
  )
  const confirm = useCallback(
    async ({ accountId, target, created }: FinishedFlow<MintedFlow>): Promise<void> => {
      const answer = await confirmConnection(client, { flowId: created.flow.id, accountId })
      if (!answer.ok) {
        const { failure } = answer
        throw new CallError('ERR_CONFIRM_FAILED', { sentence: sentence(failure), failure })
      }
      const minted = known.get(targetKey(target))
      if (minted) known.set(targetKey(target), { ...minted, accountName: answer.value.name })
    },
    [client, sentence, known],
  )
  return (
    <ConnectProvider createConnectToken={mint} onOpen={begin} confirm={confirm}>
      <FlowDesk known={known}>{children}</FlowDesk>
    </ConnectProvider>
  )
}

interface FlowDeskProps {
  known: ReadonlyMap<string, KnownFlow>
  children: Elements
}

function FlowDesk({ known, children }: FlowDeskProps) {
  const { value, targets, listener } = useFlowDesk(known)
  return (
    <ConnectFlowContext value={value}>
      {children}
      {targets.map((target) => (
        <FlowRunner key={targetKey(target)} target={target} to={listener} />
      ))}
      <FlowStatusLine stage={value.flow.status} />
    </ConnectFlowContext>
  )
}
