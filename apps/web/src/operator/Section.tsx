import { useId } from 'react'
import type { Elements } from '../ui/elements.ts'

interface SectionProps {
  /** Where a link on this page leads to. */
  id?: string
  title: string
  /** What stands beside the heading. */
  aside?: Elements
  children: Elements
}

/** A part of the console, with its heading. */
export function Section({ id, title, aside, children }: SectionProps) {
  const heading = useId()
  return (
    <section id={id} aria-labelledby={heading} className="flex scroll-mt-4 flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2 id={heading} className="text-lg font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

export const CARD = 'rounded-xl border border-line bg-surface shadow-xs'
