import type { Services } from '../services.ts'
import { deadlineOf, type Flow } from '../store/flows.ts'
import { removeHeldAccounts } from './remove-held-accounts.ts'
import { settleFlows } from './settle-flows.ts'

const REMOVALS_MAX = 20

/**
 * Revokes a flow because another browser or user finished it, possibly after being lured into it. Everything that the flow
 * created or changed, or could have, is deleted at Pipedream, even if it was confirmed already. Does nothing after the
 * flow's deadline.
 */
export async function revokeFlow(flow: Flow, services: Services): Promise<void> {
  if (services.now() > deadlineOf(flow)) return
  await services.flows.revoke(flow.id, { reason: 'finished_elsewhere' })
  await settleFlows((await services.flows.get(flow.id)) ?? flow, services)
  await removeHeldAccounts({ limit: REMOVALS_MAX }, services)
}
