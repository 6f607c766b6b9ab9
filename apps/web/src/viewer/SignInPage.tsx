import { type SubmitEvent, useRef, useState } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { LanguageChooser } from '../i18n/LanguageChooser.tsx'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { InAppNotice } from '../ui/InAppNotice.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { NameField, type SignInRefusal } from './NameField.tsx'
import { useSession } from './session.tsx'
import { signIn } from './sign-in.ts'

export function SignInPage() {
  const { start } = useSession()
  const { signIn: messages } = useMessages(commonMessages)
  const wasSignedOut = start === 'ended' || start === 'elsewhere'
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 p-4 sm:p-6">
      <div className="flex items-center justify-between gap-4">
        <ProductMark />
        <LanguageChooser />
      </div>
      <InAppNotice />
      <div className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-6 shadow-xs sm:p-8">
        <div className="flex flex-col gap-2">
          <PageHeading takeFocus={start !== 'loaded'}>{messages.title}</PageHeading>
          {wasSignedOut && <output className="text-sm font-medium">{messages.wasSignedOut}</output>}
          <p className="text-sm text-muted">{messages.purpose}</p>
        </div>
        <SignInForm />
      </div>
      <p className="text-sm text-muted">{messages.demo}</p>
    </main>
  )
}

function SignInForm() {
  const { renew } = useSession()
  const { signIn: messages } = useMessages(commonMessages)
  const sentence = useFailureSentence()
  const name = useRef<HTMLInputElement>(null)
  const [refusal, setRefusal] = useState<SignInRefusal>()
  const [busy, setBusy] = useState(false)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const operator = new FormData(event.currentTarget).get('operator') !== null
    const externalUserId = name.current?.value.trim() ?? ''
    if (externalUserId === '') return refuse({ message: messages.noName, badName: true })
    setRefusal(undefined)
    setBusy(true)
    const failure = await signIn({ externalUserId, role: operator ? 'operator' : 'user' })
    setBusy(false)
    if (failure === undefined) renew()
    else refuse({ message: sentence(failure), badName: failure.badName })
  }

  function refuse(refusal: SignInRefusal) {
    setRefusal(refusal)
    if (refusal.badName) name.current?.focus()
  }

  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
      <NameField ref={name} refusal={refusal} />
      <label className="grid grid-cols-[auto_1fr] items-start gap-x-2.5 text-sm text-muted">
        <input type="checkbox" name="operator" className="mt-0.5 size-4 shrink-0 accent-accent" />
        <span>{messages.asOperator}</span>
        <span className="col-start-2 text-xs">{messages.asOperatorWhy}</span>
      </label>
      <Button type="submit" look="primary" busy={busy} className="min-h-10">
        {messages.submit}
      </Button>
    </form>
  )
}
