import type { CallOptions } from '../http/call-options.ts'
import type { CallApi } from './call-api.ts'
import { checkInput } from './check-input.ts'
import {
  checkComponentInput,
  type ComponentInput,
  type Components,
  createComponents,
  type ListComponentsQuery,
} from './components.ts'
import type { DeployedTrigger } from './deployed-triggers.ts'
import { writeDeployRequest } from './wire/components.ts'
import { readDeployedTrigger } from './wire/deployed-triggers.ts'

/** Input of `triggers.deploy`. Events are sent to the workflow, to the webhook, or to both. */
export interface DeployTriggerInput extends ComponentInput {
  /** A workflow that receives the events, `p_...`. Default: none. */
  workflowId?: string | undefined
  /**
   * One of your URLs that receives the events. `webhookSigningKey` of the result is the key for `verifyTriggerWebhook`.
   * Default: none.
   */
  webhookUrl?: string | undefined
  /** Whether to emit past events on deployment. Default: not sent, which Pipedream documents as true. */
  emitOnDeploy?: boolean | undefined
}

/** Triggers of Pipedream's registry. `deployedTriggers` contains the deployed ones. */
export interface Triggers extends Components<ListComponentsQuery> {
  /**
   * Deploys a trigger for one user. Each call deploys another one, so it is never retried, unless `repeatable` is set. After a
   * lost response, `deployedTriggers.list` shows whether it succeeded. Throws a `PipedreamError`.
   */
  deploy(input: DeployTriggerInput, options?: CallOptions): Promise<DeployedTrigger>
}

export function createTriggers(callApi: CallApi, projectId: string): Triggers {
  const path = ['connect', projectId, 'triggers', 'deploy']
  return {
    ...createComponents<ListComponentsQuery>(callApi, projectId, 'triggers'),
    async deploy(input, options) {
      checkComponentInput(input)
      checkInput('workflowId', input.workflowId)
      checkInput('webhookUrl', input.webhookUrl)
      const body = writeDeployRequest(input)
      return callApi({ method: 'POST', path, body, read: readDeployedTrigger }, options)
    },
  }
}
