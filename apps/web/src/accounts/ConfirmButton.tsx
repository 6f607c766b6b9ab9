import { useState } from 'react'
import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import { useConnectFlow } from '../connect/connect-flow-context.ts'
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

/** Confirms an account whose flow the page has lost sight of. The server knows whether this browser may. */
export function ConfirmButton({ account: masked, twin }: ConfirmButtonProps) {
  const account = readFragment(ConfirmButton_account, masked)
  const { id, app, heldFlowId } = account
  const { words, say, twinMark } = useAccountWords()
  const { takeIn } = useConnectFlow()
  const [busy, setBusy] = useState(false)
  if (heldFlowId === null) return null
  const fruit = { flowId: heldFlowId, accountId: id }

  async function confirm() {
    setBusy(true)
    await takeIn({ app: app.slug, appName: app.name }, fruit)
    setBusy(false)
  }

  const what = say(account, { named: words.confirmAccount, nameless: words.confirmNameless })
  return (
    <Button
      look="primary"
      busy={busy}
      aria-label={twin ? `${what}, ${twinMark(account)}` : what}
      onClick={() => void confirm()}
    >
      {words.confirm}
    </Button>
  )
}
