import type { OperatorContext, PersonContext } from '../context.ts'
import {
  AccountNotFound,
  FinishedElsewhere,
  FlowStillOpen,
  RemovalInProgress,
  StartedElsewhere,
} from '../errors.ts'
import type { HeldAccounts } from '../store/held-accounts.ts'
import { type ConnectedAccount, getOwnAccount, isAccountId } from './accounts.ts'
import { proves, readCodeVerifier } from './flow-binding.ts'
import { recordRefusal } from './record-refusal.ts'

interface KeepAccountInput {
  accountId: string
  codeVerifier?: string | null | undefined
}

/**
 * Releases an account whose flow ended without a confirmation, on its owner's word, in a browser that a flow of that time is
 * bound to, or with such a flow's verifier. Keeping an account that is not held does nothing.
 */
export async function keepAccount(
  { accountId, codeVerifier }: KeepAccountInput,
  context: PersonContext,
): Promise<{ account: ConnectedAccount }> {
  try {
    return { account: await keep(accountId, readCodeVerifier(codeVerifier), context) }
  } catch (error) {
    const about = { accountId: isAccountId(accountId) ? accountId : null }
    await recordRefusal({ type: 'confirmation_refused', ...about }, error, context)
    throw error
  }
}

async function keep(
  accountId: string,
  codeVerifier: string | undefined,
  context: PersonContext,
): Promise<ConnectedAccount> {
  const { viewer, browser, heldAccounts } = context
  const seen = await heldAccounts.countRevocations(viewer.externalUserId)
  const account = await getOwnAccount(accountId, viewer.externalUserId, context)
  const { hold } = account
  if (hold === null) return account
  if (hold.reason === 'finished_elsewhere') throw new FinishedElsewhere()
  if (hold.keepers.length === 0) throw new FlowStillOpen()
  const proof = { browserHash: browser.hash, codeVerifier }
  if (!hold.keepers.some((keeper) => proves(proof, keeper))) throw new StartedElsewhere()
  const isKept = await heldAccounts.release(accountId, {
    seen,
    viewerKind: viewer.kind,
    reason: 'kept',
  })
  if (!isKept) {
    await checkReleased(accountId, heldAccounts)
    // A flow was revoked meanwhile, which may hold the account for another reason.
    return keep(accountId, codeVerifier, context)
  }
  return { ...account, hold: null }
}

/** Releases a held account of any user, on an operator's word. */
export async function releaseHeldAccount(
  { accountId }: { accountId: string },
  { viewer, heldAccounts }: OperatorContext,
): Promise<{ accountId: string }> {
  const by = { viewerKind: viewer.kind, actorId: viewer.externalUserId, reason: 'released' }
  const wasHeld = await heldAccounts.release(accountId, by)
  if (wasHeld) return { accountId }
  if (!(await heldAccounts.get(accountId))) throw new AccountNotFound(accountId)
  await checkReleased(accountId, heldAccounts)
  return { accountId }
}

/** Returns if an account that could not be released was confirmed or released before; otherwise throws the reason. */
async function checkReleased(accountId: string, heldAccounts: HeldAccounts): Promise<void> {
  const row = await heldAccounts.get(accountId)
  if (!row || row.releasedAt !== null) return
  if (row.removedAt !== null) throw new AccountNotFound(accountId)
  if (row.removingAt !== null) throw new RemovalInProgress(accountId)
}
