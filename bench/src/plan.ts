/** Concurrent calls. */
export const IN_FLIGHT = 64

export const CONTENDERS = ['official SDK', 'client, fetch', 'client, transport'] as const
export type Contender = (typeof CONTENDERS)[number]

export const WORKLOADS = ['read an account', 'make a connect token', 'list 20 accounts'] as const
export type Workload = (typeof WORKLOADS)[number]

/** The result of one turn of a contender. */
export interface Slice {
  calls: number
  ms: number
  /** CPU time of the contender's process, user and system. */
  cpuMs: number
}
