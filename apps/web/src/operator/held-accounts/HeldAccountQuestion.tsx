import { commonMessages } from '../../i18n/common-messages.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { useDialog } from '../../ui/AlertDialog.tsx'
import { Button } from '../../ui/Button.tsx'
import { useNotices } from '../../ui/notices.ts'
import { operatorMessages } from '../operator-messages.ts'
import type { HeldAccount } from './held-accounts-query.ts'
import { type Act, useActOnHeld } from './use-act-on-held.ts'

const { heldAccounts: messages } = operatorMessages

/** What an operator is about to do with a held account. */
export interface AskedAct {
  act: Act
  account: HeldAccount
}

/** Explains what releasing or removing a held account does, and does it when the operator agrees. */
export function HeldAccountQuestion({ act: kind, account }: AskedAct) {
  const dialog = useDialog()
  const { busy, error, act } = useActOnHeld(kind)
  const { notify } = useNotices()
  const { cancel } = useMessages(commonMessages)
  const { accountId, externalUserId: user } = account
  const question = messages.questions[kind]

  async function confirm() {
    const refusal = await act(accountId)
    if (refusal === undefined) {
      dialog.close({ gone: true })
      notify({ kind: 'success', text: question.done({ account: accountId }) })
    } else if (!dialog.isOpen()) {
      notify({ kind: 'error', text: messages.failed({ account: accountId, reason: refusal }) })
    }
  }

  return (
    <div className="flex flex-col gap-4 p-6">
      <h2 id={`${dialog.id}-title`} className="text-lg font-semibold break-words">
        {question.title({ account: accountId, user })}
      </h2>
      <p id={`${dialog.id}-effect`} className="text-sm text-muted">
        {question.effect}
      </p>
      <div role="alert">
        {error !== undefined && <p className="text-sm text-danger-ink">{error}</p>}
      </div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={() => dialog.close()}>{cancel}</Button>
        <Button look="danger" busy={busy} onClick={() => void confirm()}>
          {messages[kind]}
        </Button>
      </div>
    </div>
  )
}
