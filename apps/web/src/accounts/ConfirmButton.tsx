import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import { useConnectFlow } from '../connect/connect-flow.ts'
import { useAccountMessages } from './use-account-messages.ts'

export const ConfirmButton_account = graphql(`
  fragment ConfirmButton_account on Account {
    id
    name
    createdAt
    heldFlowId
    app {
      slug
      name
    }
  }
`)

interface ConfirmButtonProps {
  account: FragmentOf<typeof ConfirmButton_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
}

/** Confirms a held account. The gateway decides whether this browser may: it must have started the flow. */
export function ConfirmButton({ account: masked, lookalike }: ConfirmButtonProps) {
  const account = readFragment(ConfirmButton_account, masked)
  const { id, app, heldFlowId: flowId } = account
  const { messages, say, mark } = useAccountMessages()
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
