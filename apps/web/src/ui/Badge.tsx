import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

export interface BadgeLook {
  Icon: LucideIcon
  /** Classes of the ink and of what is behind it. */
  colours: string
}

interface BadgeProps extends BadgeLook {
  children: string
}

/** A state in words, with a sign and a colour that only repeat them. */
export function Badge({ Icon, colours, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        'edged inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap',
        colours,
      )}
    >
      <Icon aria-hidden size={14} />
      <span>{children}</span>
    </span>
  )
}
