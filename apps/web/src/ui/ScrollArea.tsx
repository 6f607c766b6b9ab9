import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ScrollAreaProps {
  /** Its name for screen readers. */
  label: string
  className?: string
  children: ReactNode
}

/** Scrolls its content when that is too wide or too high. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  return (
    // Keyboard users must be able to focus it to scroll.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section tabIndex={0} aria-label={label} className={classNames('overflow-auto', className)}>
      {children}
    </section>
  )
}
