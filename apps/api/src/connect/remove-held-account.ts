import type { OperatorContext } from '../context.ts'
import { AccountNotFound } from '../errors.ts'
import { findAccount, isAccountId } from './accounts.ts'
import { deleteAccount } from './delete-account.ts'
import { recordRefusal } from './record-refusal.ts'
import { settleAccounts } from './settle-accounts.ts'

/**
 * Deletes a held account of any user at Pipedream, on an operator's word. An account that is not held is refused like an
 * unknown one: what its owner uses is disconnected by a plan and its run. Repeating it does nothing.
 */
export async function removeHeldAccount(
  { accountId }: { accountId: string },
  context: OperatorContext,
): Promise<{ accountId: string }> {
  try {
    await remove(accountId, context)
    return { accountId }
  } catch (error) {
    const about = { accountId: isAccountId(accountId) ? accountId : null }
    const { externalUserId: actorId } = context.viewer
    await recordRefusal({ type: 'disconnection_refused', ...about, actorId }, error, context)
    throw error
  }
}

async function remove(accountId: string, context: OperatorContext): Promise<void> {
  const { viewer, heldAccounts, health } = context
  const by = { viewerKind: viewer.kind, actorId: viewer.externalUserId }
  const row = await heldAccounts.get(accountId)
  if (!row) throw new AccountNotFound(accountId)
  if (row.removedAt !== null) return
  const { externalUserId } = row
  const account = await findAccount(accountId, context)
  if (!account) {
    // It was deleted outside of this gateway, which only has to stop listing it.
    await heldAccounts.remove(accountId, { reason: 'disconnected', ...by })
    return health.forget({ accountId })
  }
  // Its owner may have confirmed or kept it since the operator saw the list.
  const holds = await settleAccounts({ accounts: [account], externalUserId }, context)
  const isHeld = account.externalUserId === externalUserId && holds.has(accountId)
  if (!isHeld) throw new AccountNotFound(accountId)
  await deleteAccount({ ...account, externalUserId }, by, context)
}
