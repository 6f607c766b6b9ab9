import { CalendarOff, CircleDashed, Hourglass, ShieldAlert } from 'lucide-react'
import { useMessages } from '../../i18n/language-context.tsx'
import { Badge, type BadgeLook } from '../../ui/Badge.tsx'
import { heldMessages } from './held-messages.ts'

/**
 * Why an account is held. `checking`: this page is about to confirm it; `waiting`: the browser that started its flow may
 * confirm it; `notFinished`: its flow ended without a confirmation; `finishedElsewhere`: another browser or user finished
 * its flow; `unknownAge`: Pipedream does not say when it was created.
 */
export type HeldState = 'checking' | 'waiting' | 'notFinished' | 'finishedElsewhere' | 'unknownAge'

const LOOKS = {
  checking: { Icon: CircleDashed, colours: 'bg-accent-soft text-accent-ink' },
  waiting: { Icon: Hourglass, colours: 'bg-accent-soft text-accent-ink' },
  notFinished: { Icon: Hourglass, colours: 'bg-warn-soft text-warn-ink' },
  finishedElsewhere: { Icon: ShieldAlert, colours: 'bg-danger-soft text-danger-ink' },
  unknownAge: { Icon: CalendarOff, colours: 'bg-warn-soft text-warn-ink' },
} satisfies Record<HeldState, BadgeLook>

/** Shows the state of a held account. */
export function HeldBadge({ state }: { state: HeldState }) {
  const { states } = useMessages(heldMessages)
  return <Badge {...LOOKS[state]}>{states[state]}</Badge>
}
