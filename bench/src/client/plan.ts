export const CLIENTS = ['official SDK', 'client on fetch', 'client on Node'] as const
export type ClientName = (typeof CLIENTS)[number]

export const WORKLOADS = ['get an account', 'create a connect token', 'list 20 accounts'] as const
export type Workload = (typeof WORKLOADS)[number]

/** One turn of a client. */
export interface Turn {
  calls: number
  ms: number
  /** CPU time of the client's process, user and system. */
  cpuMs: number
}
