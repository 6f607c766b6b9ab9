import { useMessages } from '../i18n/language-context.tsx'
import { commonMessages } from '../i18n/common-messages.ts'
import { Button } from './Button.tsx'
import type { ShownNotice } from './notices.ts'

/** Replaces the toasts when their code couldn't be loaded. */
export function PlainNotice({ shown }: { shown: ShownNotice }) {
  const messages = useMessages(commonMessages)
  return (
    <section
      aria-label={messages.notifications}
      aria-live="polite"
      className="fixed inset-x-4 bottom-4 z-10 mx-auto max-w-md"
    >
      {shown && (
        <div className="flex flex-col items-start gap-3 rounded-xl border border-line bg-surface p-4 shadow-lg">
          <p className="text-sm break-words">{shown.text}</p>
          {shown.supportCode && (
            <p className="text-xs text-muted">
              {messages.supportCode({ code: shown.supportCode })}
            </p>
          )}
          {shown.onRetry && (
            <Button onClick={shown.onRetry}>{shown.retryLabel ?? messages.tryAgain}</Button>
          )}
        </div>
      )}
    </section>
  )
}
