import { useConnectFlow } from '../../connect/connect-flow.ts'
import type { ResultOf } from '../../graphql.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { useAccountMessages } from '../use-account-messages.ts'
import type { HeldAccount_account } from './held-account.ts'
import { heldMessages } from './held-messages.ts'

interface ConfirmButtonProps {
  account: ResultOf<typeof HeldAccount_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
}

/** Confirms a held account. The gateway decides whether this browser may: it must have started the flow. */
export function ConfirmButton({ account, lookalike }: ConfirmButtonProps) {
  const { id, app, heldFlowId: flowId } = account
  const messages = useMessages(heldMessages)
  const { say, mark } = useAccountMessages()
  const { confirming, confirmHeld } = useConnectFlow()
  if (flowId === null) return null
  const target = { app: app.slug, appName: app.name }

  const what = say(account, { named: messages.confirmAccount, nameless: messages.confirmNameless })
  return (
    <Button
      look="primary"
      busy={confirming === id}
      aria-label={lookalike ? `${what}, ${mark(account)}` : what}
      onClick={() => void confirmHeld(target, { flowId, accountId: id })}
    >
      {messages.confirm}
    </Button>
  )
}
