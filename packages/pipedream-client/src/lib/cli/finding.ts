/** The checks, in this order. */
export type Check =
  | 'configuration'
  | 'origins'
  | 'git'
  | 'reachability'
  | 'clock'
  | 'credentials'
  | 'scopes'
  | 'project'
  | 'environment'

/** The result of a check. */
export interface Finding {
  /** What was checked. */
  check: Check
  /**
   * `ok`; `problem`: must be fixed; `warning`: works, but should be fixed; `skipped`: not checked, for the reason in `what`.
   */
  status: 'ok' | 'problem' | 'warning' | 'skipped'
  /** The result as a sentence. */
  what: string
  /** How to fix a problem or a warning. Null if `what` says it already, and for other statuses. */
  fix: string | null
}

type Described = Pick<Finding, 'what' | 'fix'>

export function ok(check: Check, what: string): Finding {
  return { check, status: 'ok', what, fix: null }
}

export function problem(check: Check, { what, fix }: Described): Finding {
  return { check, status: 'problem', what, fix }
}

export function warning(check: Check, { what, fix }: Described): Finding {
  return { check, status: 'warning', what, fix }
}

export function skipped(check: Check, what: string): Finding {
  return { check, status: 'skipped', what, fix: null }
}

/** A problem, explained to the user. */
export interface Problem {
  /** What is wrong, as a sentence. */
  what: string
  /** How to fix it, in one or two sentences. */
  fix: string
}
