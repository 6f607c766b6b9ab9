import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { focusAccountsHeading } from '../connect/focus-accounts-heading.ts'
import { DisconnectContext } from './disconnect-context.ts'
import { type AccountToDisconnect, DisconnectQuestion } from './DisconnectQuestion.tsx'
import type { Elements } from '../ui/elements.ts'

interface Asked extends AccountToDisconnect {
  trigger: HTMLElement
  /** Tells one question from the next one about the same account. */
  round: number
}

/**
 * Gives everything inside it one dialog that asks before an account is disconnected. One serves every card: a card,
 * and a dialog inside it, would be gone before the focus could be returned.
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

const DIALOG =
  'm-auto w-[calc(100%-2rem)] max-w-md rounded-xl border border-line bg-surface text-text shadow-xl max-sm:mb-4 backdrop:bg-scrim'
const FADE =
  'scale-98 opacity-0 transition-[display,overlay,opacity,scale] transition-discrete duration-150 open:scale-100 open:opacity-100 starting:open:scale-98 starting:open:opacity-0 backdrop:opacity-0 backdrop:transition-[display,overlay,opacity] backdrop:transition-discrete backdrop:duration-150 open:backdrop:opacity-100 starting:open:backdrop:opacity-0'

/** Open from the start; when it closes it stays in the page, unseen, so that it can fade. */
function DisconnectDialog({ trigger, ...account }: Omit<Asked, 'round'>) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  useEffect(() => {
    // A strict React runs this twice.
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-effect`}
      className={`${DIALOG} ${FADE}`}
      // The browser gives the focus back to the button, which goes away with its account. Safari, where a click
      // does not focus a button, has nothing to give it back to.
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
