import { CircleAlert } from 'lucide-react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from './Button.tsx'

interface ErrorNoticeProps {
  /** A sentence that says what happened and what to do. */
  message: string
  onRetry: () => void
  /** A new attempt is under way. */
  retrying?: boolean
}

/** What a part of a page shows when it could not be loaded. The other parts stay as they are. */
export function ErrorNotice({ message, onRetry, retrying = false }: ErrorNoticeProps) {
  const { tryAgain } = useMessages(commonMessages)
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-4 rounded-xl border border-line bg-surface p-5 sm:flex-row sm:items-center"
    >
      <CircleAlert aria-hidden size={20} className="shrink-0 text-danger-ink" />
      <p className="grow text-sm">{message}</p>
      <Button onClick={onRetry} busy={retrying}>
        {tryAgain}
      </Button>
    </div>
  )
}
