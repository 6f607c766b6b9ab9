import { type SubmitEvent, useRef, useState } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/TextField.tsx'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { NameField, type SignInRefusal } from './NameField.tsx'
import { useSession } from './session.tsx'
import { signInMessages } from './sign-in-messages.ts'
import { signIn } from './sign-in.ts'

interface SignInFormProps {
  /** The gateway asks for the code of its start, and does not sign operators in. */
  isCoded: boolean
}

export function SignInForm({ isCoded }: SignInFormProps) {
  const { renew } = useSession()
  const messages = useMessages(signInMessages)
  const sentence = useFailureSentence()
  const name = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState(codeInAddress)
  const [refusal, setRefusal] = useState<SignInRefusal>()
  const [busy, setBusy] = useState(false)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const operator = new FormData(event.currentTarget).get('operator') !== null
    const externalUserId = name.current?.value.trim() ?? ''
    if (externalUserId === '') return refuse({ message: messages.noName, badName: true })
    setRefusal(undefined)
    setBusy(true)
    const failure = await signIn({ externalUserId, role: operator ? 'operator' : 'user', code })
    setBusy(false)
    if (failure !== undefined) {
      return refuse({ message: sentence(failure), badName: failure.badName })
    }
    removeCodeFromAddress()
    renew()
  }

  function refuse(refusal: SignInRefusal) {
    setRefusal(refusal)
    if (refusal.badName) name.current?.focus()
  }

  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
      <NameField ref={name} refusal={refusal} />
      {isCoded ? (
        <TextField
          label={messages.code}
          hint={messages.codeWhy}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      ) : (
        <label className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 text-sm text-muted">
          <input type="checkbox" name="operator" className="mt-0.5 size-4 shrink-0 accent-accent" />
          <span>{messages.asOperator}</span>
          <span className="col-start-2 text-xs">{messages.asOperatorWhy}</span>
        </label>
      )}
      <Button type="submit" look="primary" busy={busy} className="min-h-10">
        {messages.submit}
      </Button>
    </form>
  )
}

const CODE = /^#code=([\w-]{1,100})$/

// The gateway prints a link with the code behind `#`, which browsers send to no server.
function codeInAddress(): string {
  return CODE.exec(window.location.hash)?.[1] ?? ''
}

function removeCodeFromAddress(): void {
  if (codeInAddress() === '') return
  const { pathname, search } = window.location
  window.history.replaceState(null, '', pathname + search)
}
