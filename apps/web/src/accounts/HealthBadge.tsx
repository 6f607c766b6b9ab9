import { CircleCheck, CircleDashed, Hourglass, TriangleAlert, Unplug } from 'lucide-react'
import { useMessages } from '../i18n/language-context.tsx'
import type { AccountHealth } from './account-health.ts'
import { accountsMessages } from './accounts-messages.ts'

const LOOKS = {
  healthy: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  needsAttention: { Icon: TriangleAlert, colours: 'bg-warn-soft text-warn-ink' },
  reconnectNeeded: { Icon: Unplug, colours: 'bg-danger-soft text-danger-ink' },
  checking: { Icon: CircleDashed, colours: 'bg-accent-soft text-accent-ink' },
  waiting: { Icon: Hourglass, colours: 'bg-accent-soft text-accent-ink' },
}

/** An account's health in words, with a sign and a colour that only repeat them. */
export function HealthBadge({ health }: { health: AccountHealth }) {
  const words = useMessages(accountsMessages)
  const { Icon, colours } = LOOKS[health]
  return (
    <span
      className={`edged inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden size={14} />
      {words[health]}
    </span>
  )
}
