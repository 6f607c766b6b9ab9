import type { Notice } from '../../ui/notices.ts'
import type { ConnectTarget } from '../connect-flow.ts'
import type { FlowMessages } from './flow-messages.ts'

export type FlowOutcome =
  | { type: 'connected'; accountName: string | null }
  | { type: 'cancelled' }
  | ({ type: 'failed'; reason: string } & Pick<Notice, 'supportCode' | 'onRetry' | 'retryLabel'>)

/** The notice that a flow has ended. */
export function flowNotice(
  outcome: FlowOutcome,
  { appName: app, accountId }: ConnectTarget,
  messages: FlowMessages['flow'],
): Notice {
  const isNew = accountId === undefined
  if (outcome.type === 'cancelled') {
    return {
      kind: 'quiet',
      text: (isNew ? messages.cancelled : messages.reconnectCancelled)({ app }),
    }
  }
  if (outcome.type === 'failed') {
    const { reason, supportCode, onRetry, retryLabel } = outcome
    const text = (isNew ? messages.failed : messages.reconnectFailed)({ app, reason })
    return { kind: 'error', text, supportCode, onRetry, retryLabel }
  }
  const account = outcome.accountName
  if (account === null) {
    return { kind: 'success', text: (isNew ? messages.connected : messages.reconnected)({ app }) }
  }
  const text = (isNew ? messages.connectedAs : messages.reconnectedAs)({ app, account })
  return { kind: 'success', text }
}
