import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

// Forced colours remove backgrounds and show borders, also transparent ones.
const LOOKS = {
  primary: 'border-transparent bg-accent text-on-colour hover:bg-accent-hover shadow-xs',
  secondary: 'border-line bg-surface text-text hover:bg-surface-hover shadow-xs',
  quiet: 'border-transparent text-muted hover:text-text hover:bg-surface-hover',
  danger: 'border-transparent bg-danger text-on-colour hover:bg-danger-hover shadow-xs',
}

/** The classes of the app's buttons, also for links that look like one and for the buttons of notices. */
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
  /** Shows a spinner. The button ignores clicks meanwhile, and keeps the focus. */
  busy?: boolean
  className?: string
}

export function Button({ look = 'secondary', busy = false, className, ...rest }: ButtonProps) {
  const { children, disabled = false, type = 'button', onClick, ...props } = rest
  const idle = disabled || busy
  return (
    <button
      // Not `disabled`: that would take the focus away from the button that was just pressed.
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

// Without a `type`, it would submit a form.
function doNothing(event: MouseEvent): void {
  event.preventDefault()
}

// The label keeps its space under the spinner, so that nothing next to the button moves.
function BusyLabel({ children }: { children: ReactNode }) {
  return (
    <span className="relative inline-flex items-center gap-2">
      <LoaderCircle aria-hidden size={16} className="absolute inset-0 m-auto animate-spin" />
      <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
    </span>
  )
}
