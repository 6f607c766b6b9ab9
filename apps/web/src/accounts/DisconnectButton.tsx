import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import {
  DisconnectQuestion_account,
  type DisconnectWords,
  useAskToDisconnect,
} from './disconnect-context.ts'
import { useAccountMessages } from './use-account-messages.ts'

export const DisconnectButton_account = graphql(
  `
    fragment DisconnectButton_account on Account {
      id
      name
      createdAt
      app {
        name
      }
      ...DisconnectQuestion_account
    }
  `,
  [DisconnectQuestion_account],
)

interface DisconnectButtonProps {
  account: FragmentOf<typeof DisconnectButton_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
  /** Default: of an account in use. */
  words?: DisconnectWords
}

/** Opens the dialog that asks before the account is disconnected. */
export function DisconnectButton({ account: masked, lookalike, words }: DisconnectButtonProps) {
  const account = readFragment(DisconnectButton_account, masked)
  const ask = useAskToDisconnect()
  const { messages, say, mark } = useAccountMessages()
  const { act, named, nameless } = words ?? messages.disconnection
  const what = say(account, { named, nameless })
  return (
    <Button
      aria-haspopup="dialog"
      aria-label={lookalike ? `${what}, ${mark(account)}` : what}
      onClick={({ currentTarget }) => ask({ account, lookalike, words }, currentTarget)}
    >
      {act}
    </Button>
  )
}
