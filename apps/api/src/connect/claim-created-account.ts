import type { Account } from 'pipedream-client/server'
import { couldHaveCreated, couldHaveCreatedOrChanged } from './could-have-created.ts'
import type { Services } from '../services.ts'
import { settleFlows } from './settle-flows.ts'
import type { Flow } from '../store/flows.ts'

/**
 * Closes a flow with the new account that it created, for the browser that started it. `isReturn`: the browser comes back
 * from this flow's hosted page, so the latest of several accounts is the right one.
 */
export async function claimCreatedAccount(
  flow: Flow,
  services: Services,
  { isReturn }: { isReturn: boolean },
): Promise<void> {
  const { flows, unsettled, heldAccounts } = services
  const closing = { viewerKind: flow.viewerKind }
  if (flow.reconnects !== null) {
    // Pipedream does not say which account was reconnected; a return from its hosted page does.
    if (isReturn) await flows.succeed(flow.id, flow.reconnects, closing)
    return
  }
  const accounts = await settleFlows(flow, services, isReturn ? { flowId: flow.id } : undefined)
  const settled = await flows.get(flow.id)
  if (settled?.status === 'succeeded') return
  const others = (await unsettled.list(flow.externalUserId)).filter(({ id }) => id !== flow.id)
  const held = await heldAccounts.list(flow.externalUserId)
  const flowOf = new Map(held.map(({ accountId, flowId }) => [accountId, flowId]))
  const isAnothers = (other: Flow, account: Account) =>
    other.revokedAt === null
      ? !isReturn && other.status === 'open' && couldHaveCreated(other, account)
      : couldHaveCreatedOrChanged(other, account)
  const createdAccounts = accounts
    .filter((account) => flowOf.has(account.id) && couldHaveCreated(flow, account))
    .filter((account) => !others.some((other) => isAnothers(other, account)))
    .toSorted((one, other) => rank(other, flow, flowOf) - rank(one, flow, flowOf))
  for (const { id } of createdAccounts) {
    if (await flows.succeed(flow.id, id, closing)) return
  }
}

// Accounts held for this flow come first, then the latest.
function rank(account: Account, flow: Flow, flowOf: ReadonlyMap<string, string>): number {
  const own = flowOf.get(account.id) === flow.id ? Number.MAX_SAFE_INTEGER / 2 : 0
  return own + (account.createdAt?.getTime() ?? 0)
}
