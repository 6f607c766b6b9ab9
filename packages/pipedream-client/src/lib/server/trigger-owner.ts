import { checkRequired } from './check-input.ts'
import type { TriggerOwner } from './deployed-trigger.ts'

/** The path of one deployed trigger, its id checked. */
export type PathOfTrigger = (id: string) => string[]

/** Checks whose trigger it is. */
export function checkOwner({ externalUserId }: TriggerOwner): void {
  checkRequired('externalUserId', externalUserId)
}

/** Checks a list of texts. */
export function checkTexts(input: string, values: readonly string[]): void {
  if (!Array.isArray(values)) checkRequired(input, undefined)
  for (const value of values) checkRequired(input, value)
}
