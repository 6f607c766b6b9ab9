import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { Button } from '../ui/Button.tsx'
import { useAskToDisconnect } from './disconnect-context.ts'
import { DisconnectQuestion_account } from './DisconnectQuestion.tsx'
import { useAccountWords } from './use-account-words.ts'

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
  twin: boolean
}

/** Asks whether the account is to be disconnected. */
export function DisconnectButton({ account: masked, twin }: DisconnectButtonProps) {
  const account = readFragment(DisconnectButton_account, masked)
  const ask = useAskToDisconnect()
  const { words, say, twinMark } = useAccountWords()
  const what = say(account, { named: words.disconnectAccount, nameless: words.disconnectNameless })
  return (
    <Button
      aria-haspopup="dialog"
      aria-label={twin ? `${what}, ${twinMark(account)}` : what}
      onClick={({ currentTarget }) => ask({ account, twin }, currentTarget)}
    >
      {words.disconnect}
    </Button>
  )
}
