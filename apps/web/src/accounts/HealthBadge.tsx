import { CircleCheck, TriangleAlert, Unplug } from 'lucide-react'
import { useMessages } from '../i18n/language-context.tsx'
import { Badge, type BadgeLook } from '../ui/Badge.tsx'
import { accountsMessages } from './accounts-messages.ts'

/**
 * The state of an account. Pipedream documents two flags: an unhealthy account failed its last refresh and is retried from
 * time to time; a dead one works only after its owner reconnects it.
 */
export type AccountHealth = 'healthy' | 'needsAttention' | 'reconnectNeeded'

/** Reads an account's flags: dead outweighs healthy. */
export function accountHealth(account: { healthy: boolean; dead: boolean }): AccountHealth {
  if (account.dead) return 'reconnectNeeded'
  return account.healthy ? 'healthy' : 'needsAttention'
}

const LOOKS = {
  healthy: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  needsAttention: { Icon: TriangleAlert, colours: 'bg-warn-soft text-warn-ink' },
  reconnectNeeded: { Icon: Unplug, colours: 'bg-danger-soft text-danger-ink' },
} satisfies Record<AccountHealth, BadgeLook>

/** Shows the state of an account that is not held. */
export function HealthBadge({ health }: { health: AccountHealth }) {
  const messages = useMessages(accountsMessages)
  return <Badge {...LOOKS[health]}>{messages[health]}</Badge>
}
