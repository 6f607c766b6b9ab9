import { PipedreamError } from 'pipedream-client/server'
import type { SignedInContext } from '../context.ts'
import { MeantError } from '../errors.ts'
import type { NewEvent } from '../store/events.ts'

export type Refused = Omit<NewEvent, 'at' | 'requestId' | 'reason' | 'viewerKind'>

/**
 * Runs an action, and logs it as an event if it is refused or fails. `refused` is read after the failure, so the action can
 * add to it; nothing else of the input is logged.
 */
export async function recordRefusal<Result>(
  refused: Refused,
  { viewer, events }: SignedInContext,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const externalUserId = viewer.kind === 'service' ? null : viewer.externalUserId
    const about = { externalUserId, ...refused, viewerKind: viewer.kind }
    const reason = reasonOf(error)
    if (reason !== undefined) await events.record({ ...about, reason })
    // The log itself may be what failed, so the first error is the one to throw.
    else await events.record({ ...about, reason: 'unexpected' }).catch(() => {})
    throw error
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof PipedreamError) return error.code
  return error instanceof MeantError ? error.constructor.name : undefined
}
