import type { ChildProcess } from 'node:child_process'
import type { Rounds } from '../measure/compare.ts'
import type { Upstream } from './servers.ts'

/** What all suites share. */
export interface Machinery {
  upstream: Upstream
  /** The load generator. */
  generator: ChildProcess
  rounds: Rounds
}
