import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { findAccount } from './accounts.ts'
import { type PageOfAccounts, readPages } from './read-pages.ts'
import { recordHealth } from './record-health.ts'
import { settleAccounts } from './settle-accounts.ts'

/**
 * Reads the accounts of a flow's user and app, page by page, and settles each page as it comes. If there are more pages than
 * one call reads, the reconciler continues.
 */
export async function settleFlow(
  flow: Flow,
  services: Services,
  onPage: (page: PageOfAccounts) => void = () => {},
): Promise<{ isComplete: boolean }> {
  const { id, externalUserId, app } = flow
  const query = { externalUserId, ...(app !== null && { app }) }
  const { cursor } = await readPages(query, services, async (accounts) => {
    await recordHealth(accounts, services)
    const holds = await settleAccounts({ accounts, externalUserId, hintedFlowId: id }, services)
    onPage({ accounts, holds })
  })
  if (cursor === null) return { isComplete: true }
  // The cursor belongs to the list of one app, so the reconciler starts its list of all apps from the beginning.
  await services.unsettled.makeDue(id, services.now())
  return { isComplete: false }
}

/**
 * Reads the account that a webhook named, by its ID, and settles it. The webhook came to the flow's own secret address with
 * the flow's connect token: if the account is new and the flow's user owns it, the flow is proven to have created it.
 */
export async function settleReported(
  flow: Flow,
  accountId: string,
  services: Services,
): Promise<Account | undefined> {
  const account = await findAccount(accountId, services)
  const { externalUserId } = flow
  if (account?.externalUserId !== externalUserId) return undefined
  await recordHealth([account], services)
  if (isNewOf(flow, account)) await services.flows.prove(flow.id, account.id)
  await settleAccounts({ accounts: [account], externalUserId, hintedFlowId: flow.id }, services)
  return account
}

/**
 * Whether an account that a webhook named, and that was just read, is proven to be new. A webhook also names an account that
 * got new credentials, which Pipedream then reports as changed. Such an account may have been created by other means, even
 * within the flow's window.
 */
export function isNewOf({ window }: Flow, { createdAt, updatedAt }: Account): boolean {
  if (createdAt === null || updatedAt === null || updatedAt > createdAt) return false
  return createdAt >= window.start && createdAt <= window.end
}
