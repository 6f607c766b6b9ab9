import { CalendarOff, Hourglass, ShieldAlert } from 'lucide-react'
import { Badge, type BadgeLook } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { AppLabel } from '../AppLabel.tsx'
import { Code } from '../Code.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { operatorMessages } from '../operator-messages.ts'
import type { HeldAccount } from './held-accounts-query.ts'
import type { Act } from './use-act-on-held.ts'

const { heldAccounts: messages } = operatorMessages

const LOOKS = {
  NOT_CONFIRMED: { Icon: Hourglass, colours: 'bg-accent-soft text-accent-ink' },
  NOT_FINISHED: { Icon: Hourglass, colours: 'bg-warn-soft text-warn-ink' },
  FINISHED_ELSEWHERE: { Icon: ShieldAlert, colours: 'bg-danger-soft text-danger-ink' },
  UNKNOWN_AGE: { Icon: CalendarOff, colours: 'bg-warn-soft text-warn-ink' },
} satisfies Record<HeldAccount['reason'], BadgeLook>

interface HeldAccountRowProps {
  account: HeldAccount
  onAsk: (act: Act, trigger: HTMLElement) => void
}

/** A held account: whose it is, why it is held, and what is known of its flow. */
export function HeldAccountRow({ account, onAsk }: HeldAccountRowProps) {
  const { accountId, app, reason, supportCode, attempts, lastError } = account
  return (
    <li className="flex flex-col gap-1.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        <Badge {...LOOKS[reason]}>{messages.reasons[reason]}</Badge>
        {app === null ? <span>{messages.unknownApp}</span> : <AppLabel slug={app} />}
        <span className="min-w-0 break-all text-muted">{account.externalUserId}</span>
        <span className="ms-auto flex items-center gap-1">
          <Code>{supportCode}</Code>
          <CopyButton text={supportCode} what={supportCode} />
        </span>
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-col gap-1.5 text-xs text-muted">
          <p>
            <RelativeTime iso={account.since} word={(age) => messages.since({ age })} />
            <span>{' · '}</span>
            <Code>{accountId}</Code>
          </p>
          <p>{account.isProven ? messages.proven : messages.unproven}</p>
          {attempts > 0 && (
            <p className="text-danger-ink">
              <span>{`${messages.failures({ count: attempts })} `}</span>
              {lastError !== null && <Code>{lastError}</Code>}
            </p>
          )}
        </div>
        <div className="ms-auto flex gap-2">
          <Button
            aria-haspopup="dialog"
            aria-label={messages.releaseOf({ account: accountId })}
            onClick={({ currentTarget }) => onAsk('release', currentTarget)}
          >
            {messages.release}
          </Button>
          <Button
            aria-haspopup="dialog"
            aria-label={messages.removeOf({ account: accountId })}
            onClick={({ currentTarget }) => onAsk('remove', currentTarget)}
          >
            {messages.remove}
          </Button>
        </div>
      </div>
    </li>
  )
}
