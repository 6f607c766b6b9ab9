import { PipedreamError } from 'pipedream-client/server'
import type { SignedInContext } from '../context.ts'
import { MeantError } from '../errors.ts'
import type { NewEvent } from '../store/events.ts'

export type Refused = Omit<NewEvent, 'at' | 'requestId' | 'reason' | 'viewerKind'>

/**
 * Does something, and puts it into the log before the answer when it is refused or breaks. `refused` is read then, so that
 * it may hold what was found out meanwhile; nothing else of what was sent is kept.
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
    // What broke may well be the log itself, and then the first error is the one to tell.
    else await events.record({ ...about, reason: 'unexpected' }).catch(() => {})
    throw error
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof PipedreamError) return error.code
  return error instanceof MeantError ? error.constructor.name : undefined
}
