import { useMessages } from '../i18n/language-context.tsx'
import { LanguageChooser } from '../i18n/LanguageChooser.tsx'
import { InAppNotice } from '../ui/InAppNotice.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { readSetting } from '../ui/read-setting.ts'
import { useSession } from './session.tsx'
import { signInMessages } from './sign-in-messages.ts'
import { SignInForm } from './SignInForm.tsx'

/** Signs in with any name, where the gateway offers that; elsewhere says how users sign in. */
export function SignInPage() {
  const { start } = useSession()
  const messages = useMessages(signInMessages)
  const wasSignedOut = start === 'ended' || start === 'elsewhere'
  const offer = readSetting('sign-in')
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
        {offer === 'unset' || offer === 'off' ? (
          <p className="text-sm">{messages[offer]}</p>
        ) : (
          <SignInForm isCoded={offer === 'coded'} />
        )}
      </div>
      {offer === 'open' && <p className="text-sm text-muted">{messages.demo}</p>}
      {offer === 'coded' && <p className="text-sm text-muted">{messages.coded}</p>}
    </main>
  )
}
