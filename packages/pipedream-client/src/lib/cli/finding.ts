/** What is looked at, in this order. */
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

/** What was found. */
export interface Finding {
  check: Check
  /** Warning: it works, and should be corrected. Skipped: it could not be looked at; the sentence says why. */
  status: 'ok' | 'problem' | 'warning' | 'skipped'
  /** What it is: a sentence. */
  what: string
  /** What to do about a problem or a warning; null when `what` says it, and for the others. */
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

/** Something that is wrong, for a person. */
export interface Problem {
  /** What it is: a sentence. */
  what: string
  /** What to do: a sentence or two. */
  fix: string
}
