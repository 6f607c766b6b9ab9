import type { Account } from 'pipedream-client/server'
import { deadlineOf, type Flow } from '../store/flows.ts'

const CLOCK_SKEW_MS = 2 * 60 * 1000

/**
 * Whether a new account can be the fruit of a flow that went as it should. Pipedream does not say which connect token made
 * an account, so every flow of its person and app counts that was alive when it was made; the two clocks may differ a
 * little.
 */
export function couldHaveMade(flow: Flow, { app, externalUserId, createdAt }: Account): boolean {
  if (flow.reconnects !== null) return false
  if (app?.slug !== flow.app || externalUserId !== flow.externalUserId) return false
  return createdAt === null || isWithin(flow, createdAt)
}

/**
 * Whether whoever was sent a flow's token could have made an account with it, or have put new credentials into one. The
 * token is bound to a person and to nothing else: the hosted page takes app and account from its address, which whoever
 * sends the link can write.
 */
export function couldHaveTouched(
  flow: Flow,
  { id, externalUserId, createdAt, updatedAt }: Account,
): boolean {
  if (externalUserId !== flow.externalUserId) return false
  const isMade = createdAt === null || isWithin(flow, createdAt)
  const isChanged = updatedAt === null ? flow.reconnects === id : isWithin(flow, updatedAt)
  return isMade || isChanged
}

function isWithin(flow: Flow, instant: Date): boolean {
  const time = instant.getTime()
  return (
    time > flow.createdAt.getTime() - CLOCK_SKEW_MS &&
    time < deadlineOf(flow).getTime() + CLOCK_SKEW_MS
  )
}
