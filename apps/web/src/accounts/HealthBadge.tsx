import { CircleCheck, CircleDashed, Hourglass, TriangleAlert, Unplug } from 'lucide-react'
import { useMessages } from '../i18n/language-context.tsx'
import { Badge, type BadgeLook } from '../ui/Badge.tsx'
import type { AccountHealth } from './account-health.ts'
import { accountsMessages } from './accounts-messages.ts'

const LOOKS = {
  healthy: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  needsAttention: { Icon: TriangleAlert, colours: 'bg-warn-soft text-warn-ink' },
  reconnectNeeded: { Icon: Unplug, colours: 'bg-danger-soft text-danger-ink' },
  checking: { Icon: CircleDashed, colours: 'bg-accent-soft text-accent-ink' },
  waiting: { Icon: Hourglass, colours: 'bg-accent-soft text-accent-ink' },
} satisfies Record<AccountHealth, BadgeLook>

/** An account's health. */
export function HealthBadge({ health }: { health: AccountHealth }) {
  const words = useMessages(accountsMessages)
  return <Badge {...LOOKS[health]}>{words[health]}</Badge>
}
