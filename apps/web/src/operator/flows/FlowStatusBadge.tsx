import { Circle, CircleCheck, CircleDashed, CircleSlash, CircleX, Hourglass } from 'lucide-react'
import { Badge, type BadgeLook } from '../../ui/Badge.tsx'
import { operatorMessages } from '../operator-messages.ts'
import type { OperatorFlow } from './flows-query.ts'
import { stateOf } from './statuses.ts'

const { flows: messages } = operatorMessages

const LOOKS = {
  OPEN: { Icon: Circle, colours: 'bg-accent-soft text-accent-ink' },
  SUCCEEDED: { Icon: CircleCheck, colours: 'bg-ok-soft text-ok-ink' },
  FAILED: { Icon: CircleX, colours: 'bg-danger-soft text-danger-ink' },
  CANCELLED: { Icon: CircleSlash, colours: 'bg-surface-hover text-muted' },
  EXPIRED: { Icon: Hourglass, colours: 'bg-warn-soft text-warn-ink' },
  unused: { Icon: CircleDashed, colours: 'bg-surface-hover text-muted' },
} satisfies Record<ReturnType<typeof stateOf>, BadgeLook>

/** The status of a flow. */
export function FlowStatusBadge({ flow }: { flow: OperatorFlow }) {
  const state = stateOf(flow)
  return (
    <Badge {...LOOKS[state]}>
      {state === 'unused' ? messages.unused : messages.statuses[state]}
    </Badge>
  )
}
