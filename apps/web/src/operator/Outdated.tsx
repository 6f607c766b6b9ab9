import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { operatorMessages } from './operator-messages.ts'

const { outdated } = operatorMessages

interface OutdatedProps {
  /** Why reading it failed; `undefined`: it did not. */
  failure: string | undefined
  /** There is something older to be seen. */
  known: boolean
  fetching: boolean
  onRetry: () => void
}

/** Says that a part of the console could not be read, or not be read again. */
export function Outdated({ failure, known, fetching, onRetry }: OutdatedProps) {
  if (failure === undefined) return null
  const message = known ? outdated({ reason: failure }) : failure
  return <ErrorNotice message={message} retrying={fetching} onRetry={onRetry} />
}
