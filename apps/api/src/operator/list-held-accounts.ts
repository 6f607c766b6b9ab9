import type { OperatorContext } from '../context.ts'
import { InvalidInput } from '../errors.ts'
import { readText } from '../read-text.ts'
import type { HeldAccountRecord } from '../store/held-account-records.ts'

interface HeldAccountList {
  nodes: HeldAccountRecord[]
  /** Where to continue; null at the end. */
  nextCursor: string | null
}

interface HeldAccountOptions {
  externalUserId?: string | null | undefined
  limit: number
  after: string | undefined
}

/** Lists one page of all users' held accounts, latest first. */
export async function listHeldAccountRecords(
  { externalUserId, limit, after }: HeldAccountOptions,
  { operatorData }: OperatorContext,
): Promise<HeldAccountList> {
  const found = await operatorData.heldAccounts.list({
    externalUserId: readText('externalUserId', externalUserId),
    after,
    limit: limit + 1,
  })
  if (!found) throw new InvalidInput('after', NO_ACCOUNT)
  const nodes = found.slice(0, limit)
  const last = nodes.at(-1)
  return { nodes, nextCursor: found.length > limit && last ? last.accountId : null }
}

const NO_ACCOUNT = '“after” is not a held account. Use the “endCursor” of the previous page.'
