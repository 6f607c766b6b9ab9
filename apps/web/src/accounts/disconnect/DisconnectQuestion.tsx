import { type ResultOf, readFragment } from '../../graphql.ts'
import { commonMessages } from '../../i18n/common-messages.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { useDialog } from '../../ui/AlertDialog.tsx'
import { Button } from '../../ui/Button.tsx'
import { useNotices } from '../../ui/notices.ts'
import { type AccountToDisconnect, DisconnectQuestion_account } from '../disconnect-context.ts'
import { useAccountMessages } from '../use-account-messages.ts'
import { disconnectMessages } from './disconnect-messages.ts'
import { useDisconnectAccount } from './use-disconnect-account.ts'

/** Explains what disconnecting an account does and doesn't do, and disconnects it when the user agrees. */
export function DisconnectQuestion(props: AccountToDisconnect) {
  const account = readFragment(DisconnectQuestion_account, props.account)
  const dialog = useDialog()
  const { busy, error, disconnect } = useDisconnectAccount()
  const { notify } = useNotices()
  const { messages, title, mark, say } = useAccountMessages()
  const { cancel } = useMessages(commonMessages)
  const usual = useMessages(disconnectMessages)
  const words = props.words ?? { ...messages.disconnection, ...usual }

  async function confirm() {
    const refusal = await disconnect(account.id)
    if (refusal === undefined) {
      dialog.close({ gone: true })
      const text = say(account, { named: words.done, nameless: words.doneNameless })
      notify({ kind: 'success', text })
    } else if (!dialog.isOpen()) {
      const text = words.failed({ account: title(account), reason: refusal })
      notify({ kind: 'error', text })
    }
  }

  return (
    <div className="flex flex-col gap-4 p-6">
      <h2 id={`${dialog.id}-title`} className="text-lg font-semibold break-words">
        {words.title({ account: title(account) })}
      </h2>
      <div id={`${dialog.id}-effect`} className="flex flex-col gap-3 text-sm text-muted">
        <p>
          {props.lookalike
            ? words.effectOnOneOfMany({ app: account.app.name, which: mark(account) })
            : words.effect({ app: account.app.name })}
        </p>
        <WhatStays {...account.app} />
      </div>
      <div role="alert">
        {error !== undefined && <p className="text-sm text-danger-ink">{error}</p>}
      </div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={() => dialog.close()}>{cancel}</Button>
        <Button look="danger" busy={busy} onClick={() => void confirm()}>
          {words.act}
        </Button>
      </div>
    </div>
  )
}

type ConnectedApp = ResultOf<typeof DisconnectQuestion_account>['app']

/** What stays unchanged at the provider. */
function WhatStays({ name, authType }: ConnectedApp) {
  const { keyStays, permissionStays } = useMessages(disconnectMessages)
  if (authType === 'NONE') return null
  const says = authType === 'KEYS' ? keyStays : permissionStays
  return <p>{says({ app: name })}</p>
}
