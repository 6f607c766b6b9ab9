import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import { useConnectFlow } from '../connect/connect-flow.ts'
import { useAccountWords } from './use-account-words.ts'

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
  twin: boolean
}

/** Confirms an account whose flow this page no longer has. The gateway knows whether this browser may. */
export function ConfirmButton({ account: masked, twin }: ConfirmButtonProps) {
  const account = readFragment(ConfirmButton_account, masked)
  const { id, app, heldFlowId: flowId } = account
  const { words, say, twinMark } = useAccountWords()
  const { confirming, confirmHeld } = useConnectFlow()
  if (flowId === null) return null
  const target = { app: app.slug, appName: app.name }

  const what = say(account, { named: words.confirmAccount, nameless: words.confirmNameless })
  return (
    <Button
      look="primary"
      busy={confirming === id}
      aria-label={twin ? `${what}, ${twinMark(account)}` : what}
      onClick={() => void confirmHeld(target, { flowId, accountId: id })}
    >
      {words.confirm}
    </Button>
  )
}
