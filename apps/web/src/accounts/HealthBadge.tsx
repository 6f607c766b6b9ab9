import { CircleCheck, CircleDashed, Hourglass, TriangleAlert, Unplug } from 'lucide-react'
import { useMessages } from '../i18n/language-context.tsx'
import { Badge, type BadgeLook } from '../ui/Badge.tsx'
import { accountsMessages } from './accounts-messages.ts'

/**
 * The state of an account. Pipedream documents two flags: an unhealthy account failed its last refresh and is retried from
 * time to time; a dead one works only after its owner reconnects it. The gateway holds a new account until the browser that
 * started its flow confirms it: `checking` when this page is about to do so, otherwise `waiting`.
 */
export type AccountHealth =
  | 'healthy'
  | 'needsAttention'
  | 'reconnectNeeded'
  | 'checking'
  | 'waiting'

/** Reads an account's flags: held comes first, because nothing else can be done then; dead outweighs healthy. */
export function accountHealth(
  account: { healthy: boolean; dead: boolean; held: boolean },
  { connecting }: { /** This page is in a flow of the same app. */ connecting: boolean },
): AccountHealth {
  if (account.held) return connecting ? 'checking' : 'waiting'
  if (account.dead) return 'reconnectNeeded'
  return account.healthy ? 'healthy' : 'needsAttention'
}

const LOOKS = {
  healthy: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  needsAttention: { Icon: TriangleAlert, colours: 'bg-warn-soft text-warn-ink' },
  reconnectNeeded: { Icon: Unplug, colours: 'bg-danger-soft text-danger-ink' },
  checking: { Icon: CircleDashed, colours: 'bg-accent-soft text-accent-ink' },
  waiting: { Icon: Hourglass, colours: 'bg-accent-soft text-accent-ink' },
} satisfies Record<AccountHealth, BadgeLook>

/** Shows the state of an account. */
export function HealthBadge({ health }: { health: AccountHealth }) {
  const messages = useMessages(accountsMessages)
  return <Badge {...LOOKS[health]}>{messages[health]}</Badge>
}
