import type { Account, App } from 'pipedream-client/server'
import type { Context, PersonContext } from '../context.ts'
import { AccountNotFound, readText } from '../errors.ts'
import { isNotFound } from '../pipedream/upstream-error.ts'
import type { Services } from '../services.ts'
import { deleteAccount } from './delete-account.ts'
import { type List, toList } from '../pipedream/upstream-cache.ts'
import { noteHealth } from './note-health.ts'
import { recordRefusal } from './record-refusal.ts'
import { settleAccounts } from './settle-flows.ts'

/** An account whose app is known: without one it could be neither shown nor reconnected. */
export type ConnectedAccount = Account & {
  app: App
  /** The flow that it waits for: nobody may use it until the browser that started that confirms it; null: it is not held. */
  heldFlowId: string | null
}

export interface ListOwnAccountsOptions {
  externalUserId: string
  app: string | null | undefined
  limit: number
  after: string | undefined
}

/** A page of a person's own accounts. */
async function listOwnAccounts(
  { externalUserId, app, ...page }: ListOwnAccountsOptions,
  services: Services,
): Promise<List<ConnectedAccount>> {
  const accounts = await services.pipedream.accounts.list({
    externalUserId,
    app: readText('app', app),
    ...page,
  })
  const own = accounts.data.filter((account) => account.externalUserId === externalUserId)
  return toList(accounts, await seeAccounts(own, externalUserId, services))
}

/** Re-reads an account of a user's that is to be shown or reconnected. Throws `AccountNotFound`. */
export async function getOwnAccount(
  accountId: string,
  externalUserId: string,
  services: Services,
): Promise<ConnectedAccount> {
  const account = await findOwnAccount(accountId, externalUserId, services)
  const [seen] = await seeAccounts([account], externalUserId, services)
  if (!seen) throw new AccountNotFound(accountId)
  return seen
}

// Whoever reads accounts also notices what nobody has reported.
async function seeAccounts(
  accounts: readonly Account[],
  externalUserId: string,
  services: Services,
): Promise<ConnectedAccount[]> {
  await noteHealth(accounts, services)
  await settleAccounts({ accounts, externalUserId }, services)
  const held = await services.heldAccounts.list(externalUserId)
  const flowOf = new Map(held.map(({ accountId, flowId }) => [accountId, flowId]))
  return accounts.flatMap((account) =>
    account.app === null
      ? []
      : [{ ...account, app: account.app, heldFlowId: flowOf.get(account.id) ?? null }],
  )
}

/** Another person's account and one that does not exist look the same from outside: `AccountNotFound`. */
export async function findOwnAccount(
  accountId: string,
  externalUserId: string,
  services: Services,
): Promise<Account & { externalUserId: string }> {
  const account = await findAccount(accountId, services)
  if (account?.externalUserId !== externalUserId) throw new AccountNotFound(accountId)
  return { ...account, externalUserId }
}

/** Reads an account from Pipedream; `undefined`: there is none. */
export async function findAccount(
  accountId: string,
  { pipedream }: Pick<Services, 'pipedream'>,
): Promise<Account | undefined> {
  // Pipedream's ids and nothing else ever become part of a path.
  if (!isAccountId(accountId)) return undefined
  try {
    return await pipedream.accounts.get(accountId)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Whether a text that came from outside can be an account's id. */
export function isAccountId(text: string): boolean {
  return /^apn_[0-9A-Za-z]{1,64}$/.test(text)
}

/** Deletes one of the viewer's own accounts at Pipedream, also one that is held. */
export async function disconnectAccount(
  { accountId }: { accountId: string },
  context: PersonContext,
): Promise<{ accountId: string }> {
  const { viewer } = context
  const about = { accountId: isAccountId(accountId) ? accountId : null }
  return recordRefusal({ type: 'disconnection_refused', ...about }, context, async () => {
    const account = await findOwnAccount(accountId, viewer.externalUserId, context)
    await noteHealth([account], context)
    await deleteAccount(account, { viewerKind: viewer.kind }, context)
    return { accountId }
  })
}

/**
 * A page of a person's own accounts to look at: while Pipedream is down, as it was last, and it says so. Whatever is to
 * be done with an account reads it anew.
 */
export async function showOwnAccounts(
  options: ListOwnAccountsOptions,
  context: Context,
): Promise<List<ConnectedAccount>> {
  const { externalUserId, ...page } = options
  const { value, staleSince } = await context.cache.accounts.get(
    { group: externalUserId, key: JSON.stringify(page) },
    () => listOwnAccounts(options, context),
  )
  return { ...value, staleSince }
}
