import type { Account } from 'pipedream-client/server'
import { deadlineOf, type Flow } from '../store/flows.ts'

const CLOCK_SKEW_MS = 2 * 60 * 1000

/**
 * Whether a flow could have created an account by its normal course. Pipedream does not say which connect token created
 * an account, so every flow of the same user and app that was alive at that time counts, with a tolerance for clock skew.
 */
export function couldHaveCreated(flow: Flow, { app, externalUserId, createdAt }: Account): boolean {
  if (flow.reconnects !== null) return false
  if (app?.slug !== flow.app || externalUserId !== flow.externalUserId) return false
  return createdAt === null || isWithin(flow, createdAt)
}

/**
 * Whether the holder of a flow's token could have created an account with it, or changed its credentials. The token is
 * bound to a user only: the hosted page takes the app and the account from its URL, which the sender of the link can
 * change.
 */
export function couldHaveCreatedOrChanged(
  flow: Flow,
  { id, externalUserId, createdAt, updatedAt }: Account,
): boolean {
  if (externalUserId !== flow.externalUserId) return false
  const isCreated = createdAt === null || isWithin(flow, createdAt)
  const isChanged = updatedAt === null ? flow.reconnects === id : isWithin(flow, updatedAt)
  return isCreated || isChanged
}

function isWithin(flow: Flow, instant: Date): boolean {
  const time = instant.getTime()
  return (
    time > flow.createdAt.getTime() - CLOCK_SKEW_MS &&
    time < deadlineOf(flow).getTime() + CLOCK_SKEW_MS
  )
}
