import { useEffect, useId, useRef } from 'react'
import { commonMessages } from '../../i18n/common-messages.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { connectMessages } from '../connect-messages.ts'
import { focusAccountsHeading } from '../focus-accounts-heading.ts'
import { linkMessages } from './link-messages.ts'

interface LinkQuestionProps {
  appName: string
  onAgree: () => void
}

/** A dialog that asks whether to connect the app that a link names. It opens when it mounts. */
export function LinkQuestion({ appName, onAgree }: LinkQuestionProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const { title, why } = useMessages(linkMessages)
  const { connectApp } = useMessages(connectMessages)
  const { cancel } = useMessages(commonMessages)
  useEffect(() => {
    // React's strict mode runs this twice.
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])

  function agree() {
    dialog.current?.close()
    onAgree()
  }

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-why`}
      className="question-dialog"
    >
      <div className="flex flex-col gap-4 p-6">
        <h2 id={`${id}-title`} className="text-lg font-semibold break-words">
          {title({ app: appName })}
        </h2>
        <p id={`${id}-why`} className="text-sm text-muted">
          {why({ app: appName })}
        </p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button
            onClick={() => {
              dialog.current?.close()
              focusAccountsHeading()
            }}
          >
            {cancel}
          </Button>
          <Button look="primary" onClick={agree}>
            {connectApp({ app: appName })}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
