import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { focusAccountsHeading } from '../connect/focus-accounts-heading.ts'
import { DisconnectContext } from './disconnect-context.ts'
import { type AccountToDisconnect, DisconnectQuestion } from './DisconnectQuestion.tsx'
import type { Elements } from '../ui/elements.ts'

interface Asked extends AccountToDisconnect {
  trigger: HTMLElement
  /** Counts the dialogs, to tell one from the next about the same account. */
  round: number
}

/**
 * Provides one dialog that asks before an account is disconnected. It is outside the cards: a dialog inside a card would
 * be removed with it, before the focus could be returned.
 */
export function DisconnectProvider({ children }: { children: Elements }) {
  const [asked, setAsked] = useState<Asked>()
  const ask = useCallback(
    (account: AccountToDisconnect, trigger: HTMLElement) =>
      setAsked((before) => ({ ...account, trigger, round: (before?.round ?? 0) + 1 })),
    [],
  )
  return (
    <DisconnectContext value={ask}>
      {children}
      {asked && <DisconnectDialog key={asked.round} {...asked} />}
    </DisconnectContext>
  )
}

/** Opens when it mounts. After it closes it stays mounted, hidden, so that it can fade out. */
function DisconnectDialog({ trigger, ...account }: Omit<Asked, 'round'>) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  useEffect(() => {
    // React's strict mode runs this twice.
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-effect`}
      className="question-dialog"
      // The browser returns the focus to the button, which is removed with its account. Safari doesn't: there a click
      // doesn't focus a button.
      onClose={() => (gone.current ? focusAccountsHeading() : trigger.focus())}
    >
      <DisconnectQuestion
        {...account}
        titleId={`${id}-title`}
        effectId={`${id}-effect`}
        isOpen={() => dialog.current?.open === true}
        onGone={() => {
          gone.current = true
          dialog.current?.close()
        }}
        onCancel={() => dialog.current?.close()}
      />
    </dialog>
  )
}
