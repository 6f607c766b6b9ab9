import { type Ref, useId } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { readSetting } from '../ui/read-setting.ts'
import { signInMessages } from './sign-in-messages.ts'

/** Why signing in failed. */
export interface SignInRefusal {
  /** A sentence. */
  message: string
  /** The name is invalid; another one may work. */
  badName: boolean
}

interface NameFieldProps {
  ref: Ref<HTMLInputElement>
  /** Why the last attempt failed. */
  refusal: SignInRefusal | undefined
}

/** The name to sign in with, and the error of the last attempt. */
export function NameField({ ref, refusal }: NameFieldProps) {
  const id = useId()
  const messages = useMessages(signInMessages)
  const badName = refusal?.badName === true
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        {messages.name}
      </label>
      <input
        ref={ref}
        id={id}
        name="name"
        defaultValue={readSetting('test-user-id')}
        required
        maxLength={250}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={badName || undefined}
        aria-describedby={badName ? `${id}-refusal` : undefined}
        className="min-h-10 rounded-lg border border-line-strong bg-surface px-3 text-sm aria-invalid:border-danger-ink"
      />
      {/* Always rendered, because a screen reader announces changes of regions that it already knows. */}
      <div id={`${id}-refusal`} role="alert">
        {refusal && <p className="text-sm text-danger-ink">{refusal.message}</p>}
      </div>
    </div>
  )
}
