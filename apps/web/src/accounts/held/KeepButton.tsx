import type { ResultOf } from '../../graphql.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { useAccountMessages } from '../use-account-messages.ts'
import type { HeldAccount_account } from './held-account.ts'
import { heldMessages } from './held-messages.ts'

interface KeepButtonProps {
  account: ResultOf<typeof HeldAccount_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
  busy: boolean
  onClick: (trigger: HTMLElement) => void
}

/** Keeps an account whose flow ended without a confirmation. */
export function KeepButton({ account, lookalike, busy, onClick }: KeepButtonProps) {
  const messages = useMessages(heldMessages)
  const { say, mark } = useAccountMessages()
  const what = say(account, { named: messages.keepAccount, nameless: messages.keepNameless })
  return (
    <Button
      look="primary"
      busy={busy}
      aria-label={lookalike ? `${what}, ${mark(account)}` : what}
      onClick={({ currentTarget }) => onClick(currentTarget)}
    >
      {messages.keep}
    </Button>
  )
}
