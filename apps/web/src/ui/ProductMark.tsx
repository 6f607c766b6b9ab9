import { Link2 } from 'lucide-react'

/** The product's name, in the header and in the title of the window. */
export const PRODUCT_NAME = 'Connected Accounts'

/** The product's logo and name. `compact`: on a phone only screen readers get the name. */
export function ProductMark({ compact = false }: { compact?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 font-semibold whitespace-nowrap">
      <span className="edged flex size-7 shrink-0 items-center justify-center rounded-lg bg-accent text-on-colour">
        <Link2 aria-hidden size={16} />
      </span>
      <span className={compact ? 'max-sm:sr-only' : undefined}>{PRODUCT_NAME}</span>
    </span>
  )
}
