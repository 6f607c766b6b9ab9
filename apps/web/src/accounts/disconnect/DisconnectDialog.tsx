import { focusAccountsHeading } from '../../connect/focus-accounts-heading.ts'
import { AlertDialog } from '../../ui/AlertDialog.tsx'
import type { AccountToDisconnect } from '../disconnect-context.ts'
import { DisconnectQuestion } from './DisconnectQuestion.tsx'

export interface DisconnectDialogProps {
  account: AccountToDisconnect
  /** The button that was pressed. */
  trigger: HTMLElement
}

/** The dialog that asks before an account is disconnected. Opens when it mounts. */
export function DisconnectDialog({ account, trigger }: DisconnectDialogProps) {
  return (
    <AlertDialog trigger={trigger} focusNext={focusAccountsHeading}>
      <DisconnectQuestion {...account} />
    </AlertDialog>
  )
}
