import type { OperatorFlow } from './flows-query.ts'

type Status = OperatorFlow['status']

export const STATUSES = [
  'OPEN',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'EXPIRED',
] as const satisfies readonly Status[]

export function isStatus(value: string): value is Status {
  return STATUSES.some((status) => status === value)
}

/** The status of a flow as operators see it: a connect token that was fetched early and not used is no failed attempt. */
export function stateOf({
  status,
  reason,
}: Pick<OperatorFlow, 'status' | 'reason'>): Status | 'unused' {
  return reason === 'not_opened' ? 'unused' : status
}
