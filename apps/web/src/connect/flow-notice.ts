import type { Notice } from '../ui/notices.ts'
import type { ConnectMessages } from './connect-messages.ts'
import type { ConnectTarget } from './connect-target.ts'

export interface FailedOutcome {
  type: 'failed'
  /** A sentence. */
  reason: string
  supportCode?: string | undefined
  /** The way out, and what its button says where that is not "Try again". */
  onRetry: () => void
  retryLabel?: string | undefined
}

export type FlowOutcome =
  | { type: 'connected'; accountName: string | null }
  | { type: 'cancelled' }
  | FailedOutcome

/** What the person is told when a flow has ended. */
export function flowNotice(
  outcome: FlowOutcome,
  { target, words }: { target: ConnectTarget; words: ConnectMessages['flow'] },
): Notice {
  const app = target.appName
  const again = target.accountId !== undefined
  if (outcome.type === 'cancelled') {
    return { kind: 'quiet', text: (again ? words.reconnectCancelled : words.cancelled)({ app }) }
  }
  if (outcome.type === 'connected') {
    const account = outcome.accountName
    if (account === null) {
      return { kind: 'success', text: (again ? words.reconnected : words.connected)({ app }) }
    }
    const text = (again ? words.reconnectedAs : words.connectedAs)({ app, account })
    return { kind: 'success', text }
  }
  const { reason, supportCode, onRetry, retryLabel } = outcome
  const text = (again ? words.reconnectFailed : words.failed)({ app, reason })
  return { kind: 'error', text, supportCode, onRetry, retryLabel }
}
