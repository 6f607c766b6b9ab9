import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ScrollAreaProps {
  /** What is in it. */
  label: string
  className?: string
  children: ReactNode
}

/** What may be wider or higher than its place, and then scrolls by itself. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  return (
    // The keyboard has to reach it to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section tabIndex={0} aria-label={label} className={classNames('overflow-auto', className)}>
      {children}
    </section>
  )
}
