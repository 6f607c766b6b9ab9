import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import type { TriggerOwner } from './deployed-trigger.ts'
import { checkOwner, checkTexts, type PathOfTrigger } from './trigger-owner.ts'
import { writeOwnerQuery } from './wire/deployed-trigger.ts'
import { readWorkflowIds, writeWorkflowIds } from './wire/trigger-destination.ts'

/** What `deployedTriggers.workflows.update` takes. */
export interface UpdateTriggerWorkflowsInput extends TriggerOwner {
  /** All workflows from now on, `p_...`; none with an empty list. */
  workflowIds: readonly string[]
}

/** The ids of the workflows to which a deployed trigger sends its events. */
export interface TriggerWorkflows {
  /** All of a trigger, without pages. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  list(id: string, owner: TriggerOwner, options?: CallOptions): Promise<readonly string[]>
  /** Replaces all of a trigger. Throws `ERR_NOT_FOUND`, or another `PipedreamError`. */
  update(
    id: string,
    input: UpdateTriggerWorkflowsInput,
    options?: CallOptions,
  ): Promise<readonly string[]>
}

export function createTriggerWorkflows(callApi: CallApi, trigger: PathOfTrigger): TriggerWorkflows {
  // The older name of workflows, which the path still has.
  const all = (id: string) => [...trigger(id), 'pipelines']
  return {
    async list(id, owner, options) {
      checkOwner(owner)
      const query = writeOwnerQuery(owner)
      return callApi({ method: 'GET', path: all(id), query, read: readWorkflowIds }, options)
    },
    async update(id, input, options) {
      checkOwner(input)
      checkTexts('workflowIds', input.workflowIds)
      const body = writeWorkflowIds(input.workflowIds)
      const query = writeOwnerQuery(input)
      const read = readWorkflowIds
      return callApi({ method: 'PUT', path: all(id), query, body, read }, options)
    },
  }
}
