import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { buttonClass } from './Button.tsx'
import type { ShownNotice } from './notices.ts'

const ICONS = {
  success: <CircleCheck aria-hidden size={18} className="mt-px shrink-0 text-ok-ink" />,
  error: <CircleAlert aria-hidden size={18} className="mt-px shrink-0 text-danger-ink" />,
  quiet: <Info aria-hidden size={18} className="mt-px shrink-0 text-muted" />,
}

const SHOWN_MS = 8000

/** Shows notices as toasts. */
export function Toasts({ shown }: { shown: ShownNotice }) {
  const { notifications } = useMessages(commonMessages)
  return (
    <Toast.Provider>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={notifications}
          className="fixed inset-x-4 bottom-4 z-10 mx-auto flex max-w-md flex-col gap-3 max-sm:bottom-18 sm:start-auto sm:end-6 sm:bottom-6 sm:w-96"
        >
          <ToastList shown={shown} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList({ shown }: { shown: ShownNotice }) {
  const { toasts } = useToastOf(shown)
  const { dismiss } = useMessages(commonMessages)
  // The newest comes first. A toast that is fading out is inert, and an older one is hidden immediately: two toasts would
  // offer two ways to continue.
  return toasts.map((toast, index) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      hidden={index > 0}
      inert={toast.transitionStatus === 'ending'}
      swipeDirection={['right', 'down']}
      className="rounded-xl border border-line bg-surface shadow-lg transition duration-200 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 p-4 pe-2">
        {ICONS[isKind(toast.type) ? toast.type : 'quiet']}
        <div className="flex min-w-0 grow flex-col items-start gap-3">
          <div className="flex flex-col gap-1">
            <Toast.Title render={<p />} className="text-sm break-words" />
            <Toast.Description className="text-xs text-muted" />
          </div>
          <Toast.Action className={buttonClass('secondary')} />
        </div>
        <Toast.Close
          aria-label={dismiss}
          className="-my-1.5 flex size-8 shrink-0 cursor-pointer items-center justify-center rounded-lg text-muted hover:bg-surface-hover hover:text-text"
        >
          <X aria-hidden size={16} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

function useToastOf(shown: ShownNotice) {
  const messages = useMessages(commonMessages)
  const { toasts, add, close } = Toast.useToastManager()
  useEffect(() => {
    if (shown === undefined) return undefined
    const { kind, text, supportCode, onRetry, retryLabel = messages.tryAgain } = shown
    const id = add({
      type: kind,
      title: text,
      ...(supportCode && { description: messages.supportCode({ code: supportCode }) }),
      timeout: kind === 'error' ? 0 : SHOWN_MS,
      // Base UI hides a toast of high priority from screen readers until it has the focus, with its button.
      priority: 'low',
      ...(onRetry && { actionProps: { children: retryLabel, onClick: onRetry } }),
    })
    return () => close(id)
  }, [shown, messages, add, close])
  return { toasts }
}

function isKind(type: string | undefined): type is keyof typeof ICONS {
  return type !== undefined && type in ICONS
}
