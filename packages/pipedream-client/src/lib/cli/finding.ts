import type { Problem } from './problem.ts'

/** What `doctor` looks at, in this order. */
export type Check =
  | 'configuration'
  | 'origins'
  | 'reachability'
  | 'clock'
  | 'credentials'
  | 'scopes'
  | 'project'
  | 'environment'

/** What `doctor` found. */
export interface Finding {
  check: Check
  /** Skipped: it could not be looked at; the sentence says why. */
  status: 'ok' | 'problem' | 'skipped'
  /** What it is: a sentence. */
  what: string
  /** What to do about a problem. */
  fix: string | null
}

export function ok(check: Check, what: string): Finding {
  return { check, status: 'ok', what, fix: null }
}

export function problem(check: Check, { what, fix }: Problem): Finding {
  return { check, status: 'problem', what, fix }
}

export function skipped(check: Check, what: string): Finding {
  return { check, status: 'skipped', what, fix: null }
}
