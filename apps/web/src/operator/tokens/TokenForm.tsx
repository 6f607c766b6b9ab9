import { type SubmitEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { TextField } from '../../ui/TextField.tsx'
import { CARD } from '../Section.tsx'
import type { Elements } from '../../ui/elements.ts'

interface TokenFormProps {
  title: string
  why: string
  /** `first`: its initial value; default: empty. */
  field: { label: string; hint: string; first?: string }
  /** Label of its button. */
  submit: string
  busy: boolean
  /** The error, as a sentence. */
  failure: string | undefined
  onSubmit: (value: string) => void
  /** The token, once there is one. */
  children: Elements
}

/** A form with one field that creates a token. */
export function TokenForm({ title, why, field, submit, ...rest }: TokenFormProps) {
  const { busy, failure, onSubmit, children } = rest
  const { label, hint, first = '' } = field
  const [value, setValue] = useState(first)

  function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    onSubmit(value.trim())
  }

  return (
    <form className={classNames(CARD, 'flex flex-col gap-3 p-4')} onSubmit={send}>
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="text-sm text-muted">{why}</p>
      <TextField
        label={label}
        hint={hint}
        value={value}
        onChange={({ target }) => setValue(target.value)}
      />
      <Button type="submit" busy={busy} className="self-start">
        {submit}
      </Button>
      <div role="alert">
        {failure !== undefined && <p className="text-sm text-danger-ink">{failure}</p>}
      </div>
      {children}
    </form>
  )
}
