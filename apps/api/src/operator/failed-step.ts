import { OPENING_TROUBLES } from '../connect/flow-trouble.ts'
import type { FlowRecord } from '../store/flow-records.ts'
import { NOT_OPENED } from '../store/flows.ts'

/** What a flow goes through once its token is minted, one after the other. */
export type FlowStep = 'open' | 'connect' | 'confirm'

/** The step that a flow did not get past; null while it is open, when it has succeeded, and when nobody began it. */
export function failedStep({ flow, events }: FlowRecord): FlowStep | null {
  if (flow.status === 'open' || flow.status === 'succeeded') return null
  if (flow.error === NOT_OPENED) return null
  // There was an account, so what failed came afterwards.
  const wasHeld = events.some(({ type }) => type === 'account_held')
  if (flow.burnedAt !== null || wasHeld) return 'confirm'
  return OPENING_TROUBLES.some((trouble) => trouble === flow.error) ? 'open' : 'connect'
}
