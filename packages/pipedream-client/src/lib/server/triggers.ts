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

/** What `triggers.deploy` takes. Events go to the workflow, to the webhook, or to both. */
export interface DeployTriggerInput extends ComponentInput {
  /** A workflow, `p_...`. */
  workflowId?: string | undefined
  /** An address of yours; `webhookSigningKey` of the response is for `verifyTriggerWebhook`. */
  webhookUrl?: string | undefined
  /** Whether to emit what happened before. Default: not sent, which Pipedream documents as true. */
  emitOnDeploy?: boolean | undefined
}

/** Triggers of Pipedream's registry. What is deployed of them is under `deployedTriggers`. */
export interface Triggers extends Components<ListComponentsQuery> {
  /**
   * Deploys a trigger for one user. Each call makes another one: it is never repeated by itself, and after a lost response
   * `deployedTriggers.list` tells whether it worked. Throws a `PipedreamError`.
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
