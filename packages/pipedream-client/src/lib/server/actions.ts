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

/** What `actions.run` takes. */
export interface RunActionInput extends ComponentInput {
  /**
   * Where it finds and leaves files: the id of a stash, or `NEW` to have one made. Default: not sent, which Pipedream documents as
   * none.
   */
  stashId?: string | undefined
}

/** Actions of Pipedream's registry. */
export interface Actions extends Components<ListComponentsQuery> {
  /**
   * Runs an action for one user, and waits for its end. Check `ok`: when the action fails that is no exception, but an outcome
   * without a return value. Never repeated by itself, because an action may have done its work although its response was lost.
   * Raise `timeoutMs` for slow ones. Throws a `PipedreamError`.
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
