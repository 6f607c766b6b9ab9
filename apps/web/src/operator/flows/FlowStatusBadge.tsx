import { Circle, CircleCheck, CircleDashed, CircleSlash, CircleX, Hourglass } from 'lucide-react'
import { useMessages } from '../../i18n/language-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { operatorMessages } from '../operator-messages.ts'
import type { OperatorFlow } from './flows-query.ts'
import { stateOf } from './statuses.ts'

const LOOKS = {
  prepared: { Icon: CircleDashed, colours: 'bg-surface-hover text-muted' },
  OPEN: { Icon: Circle, colours: 'bg-accent-soft text-accent-ink' },
  SUCCEEDED: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  FAILED: { Icon: CircleX, colours: 'bg-danger-soft text-danger-ink' },
  CANCELLED: { Icon: CircleSlash, colours: 'bg-surface-hover text-muted' },
  EXPIRED: { Icon: Hourglass, colours: 'bg-warn-soft text-warn-ink' },
  unused: { Icon: CircleDashed, colours: 'bg-surface-hover text-muted' },
}

/** Where a flow is, in words, with a sign and a colour that only repeat them. */
export function FlowStatusBadge({ flow }: { flow: OperatorFlow }) {
  const { flows: words } = useMessages(operatorMessages)
  const state = stateOf(flow)
  const { Icon, colours } = LOOKS[state]
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap',
        colours,
      )}
    >
      <Icon aria-hidden size={14} />
      {state === 'prepared' || state === 'unused' ? words[state] : words.statuses[state]}
    </span>
  )
}
