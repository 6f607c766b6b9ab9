import type { Target } from './create-target.ts'

/** One attack: what is sent, and what must hold of the last answer. */
export interface Attack {
  name: string
  /** Sends it, and returns the answer, or every answer of several requests. */
  run: (target: Target) => Promise<Response | Response[]>
  /** Each answer's status is one of these. */
  status: number | readonly number[]
  /** What no answer may hold. */
  never?: RegExp
  /** What the last answer must hold. */
  says?: RegExp
}

/** A group of attacks, a row each: name, what is sent, status, and what else must hold. */
export function attacks(
  group: string,
  rows: readonly (readonly [
    name: string,
    run: Attack['run'],
    status: Attack['status'],
    more?: Pick<Attack, 'never' | 'says'>,
  ])[],
): Attack[] {
  return rows.map(([name, run, status, more]) => ({
    name: `${group}: ${name}`,
    run,
    status,
    ...more,
  }))
}
