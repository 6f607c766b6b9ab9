import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { operatorMessages } from './operator-messages.ts'

const { outdated } = operatorMessages

interface OutdatedProps {
  /** Why reading it failed; `undefined`: it succeeded. */
  failure: string | undefined
  /** Older data is shown. */
  known: boolean
  fetching: boolean
  onRetry: () => void
}

/** Shown by a section that couldn't be loaded or refreshed. */
export function Outdated({ failure, known, fetching, onRetry }: OutdatedProps) {
  if (failure === undefined) return null
  const message = known ? outdated({ reason: failure }) : failure
  return <ErrorNotice message={message} retrying={fetching} onRetry={onRetry} />
}
