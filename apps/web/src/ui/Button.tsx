import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

// Forced colours take backgrounds away and show borders, the transparent ones too.
const LOOKS = {
  primary: 'border-transparent bg-accent text-on-colour hover:bg-accent-hover shadow-xs',
  secondary: 'border-line bg-surface text-text hover:bg-surface-hover shadow-xs',
  quiet: 'border-transparent text-muted hover:text-text hover:bg-surface-hover',
  danger: 'border-transparent bg-danger text-on-colour hover:bg-danger-hover shadow-xs',
}

/** What every button of the app looks like; links that stand for one, and the buttons of notices, wear it too. */
export function buttonClass(look: keyof typeof LOOKS, className?: string): string {
  return classNames(
    'inline-flex min-h-9 shrink-0 cursor-pointer items-center justify-center gap-2 rounded-lg border px-3.5 text-sm font-medium',
    'transition-colors select-none aria-disabled:cursor-default aria-disabled:opacity-60',
    LOOKS[look],
    className,
  )
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  look?: keyof typeof LOOKS
  /** Shows that the work is under way. The button does nothing meanwhile, and keeps the focus. */
  busy?: boolean
  className?: string
}

export function Button({ look = 'secondary', busy = false, className, ...rest }: ButtonProps) {
  const { children, disabled = false, type = 'button', onClick, ...props } = rest
  const idle = disabled || busy
  return (
    <button
      // Not `disabled`, which would take the focus away from whoever has just pressed it.
      aria-disabled={idle || undefined}
      aria-busy={busy || undefined}
      type={type}
      className={buttonClass(look, className)}
      onClick={idle ? doNothing : onClick}
      {...props}
    >
      {busy ? <BusyLabel>{children}</BusyLabel> : children}
    </button>
  )
}

// A form would be sent by it.
function doNothing(event: MouseEvent): void {
  event.preventDefault()
}

// The words keep their room under the spinner, so that nothing beside the button moves.
function BusyLabel({ children }: { children: ReactNode }) {
  return (
    <span className="relative inline-flex items-center gap-2">
      <LoaderCircle aria-hidden size={16} className="absolute inset-0 m-auto animate-spin" />
      <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
    </span>
  )
}
