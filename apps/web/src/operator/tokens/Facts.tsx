import type { ReactNode } from 'react'

/** The properties of a token. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col gap-2 border-t border-line pt-3 text-sm">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <dt className="w-28 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 grow break-all">{children}</dd>
    </div>
  )
}
