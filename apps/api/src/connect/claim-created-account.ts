import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { couldHaveCreated, type Hold, isOpen } from './account-hold.ts'
import { settleFlow, settleReported } from './settle-flow.ts'

interface Claim {
  /** Whether the browser comes back from this flow's hosted page, so that the latest of several accounts is the right one. */
  isReturn: boolean
}

/** Closes a flow with the new account that it created, for the browser that started it. */
export async function claimCreatedAccount(
  flow: Flow,
  services: Services,
  { isReturn }: Claim,
): Promise<void> {
  const closing = { viewerKind: flow.viewerKind }
  if (flow.reconnects !== null) {
    // Pipedream does not say which account was reconnected; a return from its hosted page does.
    if (isReturn) await services.flows.succeed(flow.id, flow.reconnects, closing)
    return
  }
  for (const { id } of await listClaimable(flow, services, { isReturn })) {
    if (await services.flows.succeed(flow.id, id, closing)) return
  }
}

/** Lists the held accounts that the flow may be confirmed with, best first. */
async function listClaimable(
  flow: Flow,
  services: Services,
  { isReturn }: Claim,
): Promise<Account[]> {
  const proven = await listProven(flow, services)
  if (proven.length > 0) return proven
  const held: { account: Account; hold: Hold }[] = []
  const { isComplete } = await settleFlow(flow, services, ({ accounts, holds }) => {
    for (const account of accounts) {
      const hold = holds.get(account.id)
      if (hold?.reason === 'not_confirmed' && couldHaveCreated(flow, account)) {
        held.push({ account, hold })
      }
    }
  })
  // Another page may have a better one.
  if (!isComplete) return []
  const others = isReturn ? [] : await listOthers(flow, held, services)
  return held
    .filter(({ account }) => !others.some((other) => couldHaveCreated(other, account)))
    .toSorted((one, other) => rank(other, flow) - rank(one, flow))
    .map(({ account }) => account)
}

/** Lists what a webhook named for the flow, the latest first. */
async function listProven(flow: Flow, services: Services): Promise<Account[]> {
  const accountIds = await services.flows.listCreated(flow.id)
  const accounts = await Promise.all(accountIds.map((id) => settleReported(flow, id, services)))
  return accounts
    .filter((account) => account !== undefined)
    .filter((account) => couldHaveCreated(flow, account))
}

// Without a return, an account that another open flow may have created is left to the user.
async function listOthers(
  flow: Flow,
  held: readonly { account: Account }[],
  { windows, now }: Services,
): Promise<Flow[]> {
  const flows = await windows.list({
    externalUserId: flow.externalUserId,
    instants: held.flatMap(({ account: { createdAt } }) => createdAt ?? []),
    sightings: [],
    flowIds: [],
  })
  return flows.filter((other) => other.id !== flow.id && isOpen(other, now()))
}

// Accounts held for this flow come first, then the latest.
function rank({ account, hold }: { account: Account; hold: Hold }, flow: Flow): number {
  const own = hold.flowId === flow.id ? Number.MAX_SAFE_INTEGER / 2 : 0
  return own + (account.createdAt?.getTime() ?? 0)
}
