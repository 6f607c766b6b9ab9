import { useConnectFlow } from '../../connect/connect-flow.ts'
import { focusAccountsHeading } from '../../connect/focus-accounts-heading.ts'
import type { ResultOf } from '../../graphql.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { useNotices } from '../../ui/notices.ts'
import { DisconnectButton } from '../DisconnectButton.tsx'
import { useAccountMessages } from '../use-account-messages.ts'
import { ConfirmButton } from './ConfirmButton.tsx'
import { HeldBadge, type HeldState } from './HeldBadge.tsx'
import type { HeldAccount_account } from './held-account.ts'
import { heldMessages } from './held-messages.ts'
import { KeepButton } from './KeepButton.tsx'
import { type KeepRefusal, useKeepAccount } from './use-keep-account.ts'

type Held = ResultOf<typeof HeldAccount_account>

interface HeldAccountProps {
  account: Held
  /** Another account of the list looks the same. */
  lookalike: boolean
}

/** The parts of a held account's row: its state, what its owner can do, and why it is held. */
export function HeldAccount({ account, lookalike }: HeldAccountProps) {
  const keeping = useKeepAccount(account.id)
  const { running, confirming } = useConnectFlow()
  const { kept, removal, refusals } = useMessages(heldMessages)
  const { title } = useAccountMessages()
  const { notify } = useNotices()
  const isConnecting = running?.app === account.app.slug && confirming !== account.id
  const state = stateOf(account, isConnecting)

  async function keep(trigger: HTMLElement) {
    if (!(await keeping.keep())) return
    notify({ kind: 'success', text: kept({ account: title(account) }) })
    // The button is about to go. A user who has moved on meanwhile stays there.
    if (document.activeElement === trigger) focusAccountsHeading()
  }

  return (
    <>
      <HeldBadge state={state} />
      {/* On a wide screen, shown below the buttons that it precedes. */}
      <div className="flex basis-full sm:order-last flex-col gap-0.5 text-sm text-muted">
        <Why account={account} state={state} />
        <div role="alert">
          {keeping.refusal && (
            <p className="text-danger-ink">{refusalSentence(keeping.refusal, refusals)}</p>
          )}
        </div>
      </div>
      <div className="ms-auto flex gap-2">
        {state === 'waiting' && <ConfirmButton account={account} lookalike={lookalike} />}
        {account.canKeep && (
          <KeepButton
            account={account}
            lookalike={lookalike}
            busy={keeping.busy}
            onClick={(trigger) => void keep(trigger)}
          />
        )}
        <DisconnectButton account={account} lookalike={lookalike} words={removal} />
      </div>
    </>
  )
}

const STATES = {
  NOT_CONFIRMED: 'waiting',
  NOT_FINISHED: 'notFinished',
  FINISHED_ELSEWHERE: 'finishedElsewhere',
  UNKNOWN_AGE: 'unknownAge',
} as const

// This page is about to confirm what its flow of the app connects.
function stateOf({ heldReason }: Held, isConnecting: boolean): HeldState {
  const state = STATES[heldReason ?? 'NOT_CONFIRMED']
  return state === 'waiting' && isConnecting ? 'checking' : state
}

function refusalSentence(
  { type, sentence }: KeepRefusal,
  refusals: Readonly<Record<string, string>>,
): string {
  return (type === undefined ? undefined : refusals[type]) ?? sentence
}

/** Why the account is held, and what its owner can do about it. */
function Why({ account, state }: { account: Held; state: HeldState }) {
  const messages = useMessages(heldMessages)
  if (state === 'checking') return null
  if (state === 'waiting') return <p>{messages.waitingWhy}</p>
  if (state === 'finishedElsewhere') {
    return <p>{messages.finishedElsewhereWhy({ code: account.heldSupportCode ?? '' })}</p>
  }
  return (
    <>
      <p>{state === 'unknownAge' ? messages.unknownAgeWhy : messages.notFinishedWhy}</p>
      <p>{account.canKeep ? messages.keepHere : messages.keepElsewhere}</p>
    </>
  )
}
