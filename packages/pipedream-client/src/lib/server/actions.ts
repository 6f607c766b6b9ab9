import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import type { ActionResult, ComponentOutcome } from './component-outcome.ts'
import {
  checkComponentInput,
  type ComponentInput,
  type Components,
  createComponents,
  type ListComponentsQuery,
} from './components.ts'
import { readActionRun } from './wire/component-outcome.ts'
import { writeRunRequest } from './wire/components.ts'

/** Input of `actions.run`. */
export interface RunActionInput extends ComponentInput {
  /**
   * The file stash for the action's files: its id, or `NEW` to create one. Default: not sent, which Pipedream documents as
   * none.
   */
  stashId?: string | undefined
}

/** Actions of Pipedream's registry. */
export interface Actions extends Components<ListComponentsQuery> {
  /**
   * Runs an action for one user and resolves when it has finished. Check `ok`: a failed action does not throw, but resolves to
   * an outcome without a return value. Never retried, unless `repeatable` is set, because an action may have succeeded although
   * its response was lost. Raise `timeoutMs` for slow actions. Throws a `PipedreamError`.
   */
  run(input: RunActionInput, options?: CallOptions): Promise<ComponentOutcome<ActionResult>>
}

export function createActions(callApi: CallApi, projectId: string): Actions {
  const path = ['connect', projectId, 'actions', 'run']
  return {
    ...createComponents<ListComponentsQuery>(callApi, projectId, 'actions'),
    async run(input, options) {
      checkComponentInput(input)
      checkInput('stashId', input.stashId)
      const body = writeRunRequest(input)
      return callApi({ method: 'POST', path, body, read: readActionRun }, options)
    },
  }
}
