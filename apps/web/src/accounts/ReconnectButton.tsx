import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import { useConnectTrigger } from '../connect/connect-flow.ts'
import { useAccountMessages } from './use-account-messages.ts'

export const ReconnectButton_account = graphql(`
  fragment ReconnectButton_account on Account {
    id
    name
    createdAt
    app {
      slug
      name
    }
  }
`)

interface ReconnectButtonProps {
  account: FragmentOf<typeof ReconnectButton_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
}

/** Lets the user authorize an account again. The account keeps its ID. */
export function ReconnectButton({ account: masked, lookalike }: ReconnectButtonProps) {
  const account = readFragment(ReconnectButton_account, masked)
  const { id, app } = account
  const { messages, say, mark } = useAccountMessages()
  const { trigger } = useConnectTrigger(
    { app: app.slug, appName: app.name, accountId: id },
    { vanishes: true },
  )
  const what = say(account, {
    named: messages.reconnectAccount,
    nameless: messages.reconnectNameless,
  })
  return (
    <Button look="primary" aria-label={lookalike ? `${what}, ${mark(account)}` : what} {...trigger}>
      {messages.reconnect}
    </Button>
  )
}
