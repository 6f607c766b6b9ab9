import { type FragmentOf, graphql, type ResultOf, readFragment } from '../graphql.ts'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { useNotices } from '../ui/notices.ts'
import { accountsMessages } from './accounts-messages.ts'
import { useAccountMessages } from './use-account-messages.ts'
import { useDisconnectAccount } from './use-disconnect-account.ts'

export const DisconnectQuestion_account = graphql(`
  fragment DisconnectQuestion_account on Account {
    id
    name
    createdAt
    app {
      name
      authType
    }
  }
`)

export interface AccountToDisconnect {
  account: FragmentOf<typeof DisconnectQuestion_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
}

interface DisconnectQuestionProps extends AccountToDisconnect {
  /** ID of the heading, for the dialog's `aria-labelledby`. */
  titleId: string
  /** ID of the description, for the dialog's `aria-describedby`. */
  effectId: string
  /** Whether the dialog is still open, and can show an error itself. */
  isOpen: () => boolean
  onGone: () => void
  onCancel: () => void
}

/** Explains what disconnecting an account does and doesn't do, and disconnects it when the user agrees. */
export function DisconnectQuestion(props: DisconnectQuestionProps) {
  const account = readFragment(DisconnectQuestion_account, props.account)
  const { busy, error, disconnect } = useDisconnectAccount()
  const { notify } = useNotices()
  const { messages, title, mark, say } = useAccountMessages()
  const { cancel } = useMessages(commonMessages)
  const { question } = messages

  async function confirm() {
    const refusal = await disconnect(account.id)
    if (refusal === undefined) {
      props.onGone()
      const text = say(account, { named: question.done, nameless: question.doneNameless })
      notify({ kind: 'success', text })
    } else if (!props.isOpen()) {
      const text = question.failed({ account: title(account), reason: refusal })
      notify({ kind: 'error', text })
    }
  }

  return (
    <div className="flex flex-col gap-4 p-6">
      <h2 id={props.titleId} className="text-lg font-semibold break-words">
        {question.title({ account: title(account) })}
      </h2>
      <div id={props.effectId} className="flex flex-col gap-3 text-sm text-muted">
        <p>
          {props.lookalike
            ? question.effectOnOneOfMany({ app: account.app.name, which: mark(account) })
            : question.effect({ app: account.app.name })}
        </p>
        <WhatStays {...account.app} />
      </div>
      <div role="alert">
        {error !== undefined && <p className="text-sm text-danger-ink">{error}</p>}
      </div>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={props.onCancel}>{cancel}</Button>
        <Button look="danger" busy={busy} onClick={() => void confirm()}>
          {messages.disconnect}
        </Button>
      </div>
    </div>
  )
}

type ConnectedApp = ResultOf<typeof DisconnectQuestion_account>['app']

/** What stays unchanged at the provider. */
function WhatStays({ name, authType }: ConnectedApp) {
  const { question } = useMessages(accountsMessages)
  if (authType === 'NONE') return null
  const says = authType === 'KEYS' ? question.keyStays : question.permissionStays
  return <p>{says({ app: name })}</p>
}
