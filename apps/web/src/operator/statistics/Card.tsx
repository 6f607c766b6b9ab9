import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { CARD } from '../Section.tsx'

/** A card of the metrics. */
export function Card({ children }: { children: ReactNode }) {
  return <div className={classNames(CARD, 'flex min-w-0 flex-col gap-1 p-4')}>{children}</div>
}

/** The heading of a card, and what its values mean. */
export function CardHeading({ title, why }: { title: string; why?: string }) {
  return (
    <div>
      <h3 className="text-sm font-semibold">{title}</h3>
      {why !== undefined && <p className="text-xs text-muted">{why}</p>}
    </div>
  )
}
