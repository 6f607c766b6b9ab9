import { type Ref, useId } from 'react'
import type { Elements } from '../ui/elements.ts'

interface SectionProps {
  /** Anchor for links on this page. */
  id?: string
  title: string
  /** The heading, for a section that moves the focus there. */
  headingRef?: Ref<HTMLHeadingElement>
  /** Shown next to the heading. */
  aside?: Elements
  children: Elements
}

/** A section of the console, with its heading. */
export function Section({ id, title, headingRef, aside, children }: SectionProps) {
  const heading = useId()
  return (
    <section id={id} aria-labelledby={heading} className="flex scroll-mt-4 flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2
          id={heading}
          ref={headingRef}
          tabIndex={headingRef ? -1 : undefined}
          className="text-lg font-semibold"
        >
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

export const CARD = 'rounded-xl border border-line bg-surface shadow-xs'
