/** Id of the heading of the list of accounts. */
export const ACCOUNTS_HEADING_ID = 'your-accounts'

/** Moves the focus to the list of accounts, when the control that had it is gone. */
export function focusAccountsHeading(): void {
  document.querySelector<HTMLElement>(`#${ACCOUNTS_HEADING_ID}`)?.focus()
}
