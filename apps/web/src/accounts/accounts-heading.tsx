import { useMessages } from '../i18n/language-context.tsx'
import { accountsMessages } from './accounts-messages.ts'

const HEADING_ID = 'your-accounts'

/** The heading of the list of accounts, which takes the focus when the control that had it is gone. */
export function AccountsHeading() {
  const { yourAccounts } = useMessages(accountsMessages)
  return (
    <h2 id={HEADING_ID} tabIndex={-1} className="text-lg font-semibold">
      {yourAccounts}
    </h2>
  )
}

/** Moves the focus to the list of accounts. */
export function focusAccountsHeading(): void {
  document.querySelector<HTMLElement>(`#${HEADING_ID}`)?.focus()
}
