import { useCallback, useState } from 'react'
import { focusAccountsHeading } from '../connect/focus-accounts-heading.ts'
import { AlertDialog } from '../ui/AlertDialog.tsx'
import type { Elements } from '../ui/elements.ts'
import { DisconnectContext } from './disconnect-context.ts'
import { type AccountToDisconnect, DisconnectQuestion } from './DisconnectQuestion.tsx'

interface Asked {
  account: AccountToDisconnect
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
      setAsked((before) => ({ account, trigger, round: (before?.round ?? 0) + 1 })),
    [],
  )
  return (
    <DisconnectContext value={ask}>
      {children}
      {asked && (
        <AlertDialog key={asked.round} trigger={asked.trigger} focusNext={focusAccountsHeading}>
          <DisconnectQuestion {...asked.account} />
        </AlertDialog>
      )}
    </DisconnectContext>
  )
}
