import { type ComponentProps, useId } from 'react'

interface TextFieldProps extends Pick<ComponentProps<'input'>, 'name' | 'value' | 'onChange'> {
  label: string
  /** What to enter, and what an empty field means. */
  hint: string
}

/** A field for an ID, a slug or a scope. */
export function TextField({ label, hint, ...input }: TextFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 grow flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={`${id}-hint`}
        maxLength={250}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="min-h-10 rounded-lg border border-line-strong bg-surface px-3 text-sm"
        {...input}
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        {hint}
      </p>
    </div>
  )
}
