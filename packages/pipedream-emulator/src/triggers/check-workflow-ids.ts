import { wireError } from '../wire/errors.ts'

/** Answers ids of workflows, each once, or throws 400 when one of them is none. */
export function checkWorkflowIds(key: string, ids: readonly string[]): string[] {
  if (!ids.every((id) => /^p_[a-zA-Z0-9]+/.test(id))) {
    throw wireError(400, `${key} must be ids of workflows, which begin with p_.`)
  }
  return [...new Set(ids)]
}
