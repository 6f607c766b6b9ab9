import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

export interface BadgeLook {
  Icon: LucideIcon
  /** Classes of the text and background colours. */
  colours: string
}

interface BadgeProps extends BadgeLook {
  children: string
}

/** A state as text, with an icon and a colour that repeat it. */
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
