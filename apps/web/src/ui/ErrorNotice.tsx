import { CircleAlert } from 'lucide-react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from './Button.tsx'

interface ErrorNoticeProps {
  /** A sentence that says what happened and what to do. */
  message: string
  onRetry: () => void
  /** A retry is in progress. */
  retrying?: boolean
}

/** Shown by a part of a page that couldn't be loaded. */
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
