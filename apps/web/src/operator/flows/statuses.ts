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

/**
 * The status of a flow as operators see it: a connect token that was prefetched and has not been used is not an attempt yet.
 */
export function stateOf({
  status,
  openedAt,
}: Pick<OperatorFlow, 'status' | 'openedAt'>): Status | 'prepared' | 'unused' {
  if (openedAt !== null) return status
  if (status === 'OPEN') return 'prepared'
  return status === 'EXPIRED' ? 'unused' : status
}
