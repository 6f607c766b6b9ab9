import { PipedreamError } from 'pipedream-client/server'
import type { SignedInContext } from '../context.ts'
import { UserFacingError } from '../errors.ts'
import type { RefusalEvent } from '../store/refusal-log.ts'

/** The event of a refused action, without what `recordRefusal` adds. */
export type Refused = Omit<RefusalEvent, 'reason' | 'viewerKind'>

/** Records an event about an action that failed with `error`. Apart from `refused`, it contains nothing of the action's input. */
export async function recordRefusal(
  refused: Refused,
  error: unknown,
  { viewer, refusals }: Pick<SignedInContext, 'viewer' | 'refusals'>,
): Promise<void> {
  const externalUserId = viewer.kind === 'service' ? null : viewer.externalUserId
  const about = { externalUserId, ...refused, viewerKind: viewer.kind }
  const reason = reasonOf(error)
  if (reason !== undefined) await refusals.record({ ...about, reason })
  // The log itself may be what failed, so the caller must be able to throw the first error.
  else await refusals.record({ ...about, reason: 'unexpected' }).catch(() => {})
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof PipedreamError) return error.code
  return error instanceof UserFacingError ? error.constructor.name : undefined
}
