import { useState } from 'react'
import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { commonMessages } from '../i18n/common-messages.ts'
import { LanguageChooser } from '../i18n/LanguageChooser.tsx'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { useNotices } from '../ui/notices.ts'
import { ProductMark } from '../ui/ProductMark.tsx'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { PageLinks } from './PageLinks.tsx'
import { useSession } from './session.tsx'
import { signOut } from './sign-in.ts'

export const Header_viewer = graphql(`
  fragment Header_viewer on Viewer {
    kind
    externalUserId
  }
`)

interface HeaderProps {
  viewer: FragmentOf<typeof Header_viewer>
  /** Path of the current page. */
  path: string
}

/** The header of every page for signed-in users. */
export function Header({ viewer, path }: HeaderProps) {
  const { kind, externalUserId } = readFragment(Header_viewer, viewer)
  const { operator, signedInAs } = useMessages(commonMessages)
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex min-h-14 max-w-5xl items-center gap-3 px-4 py-2 sm:gap-5 sm:px-6">
        <ProductMark compact />
        <PageLinks path={path} operator={kind === 'OPERATOR'} />
        <div className="ms-auto flex min-w-0 items-center gap-2 sm:gap-3">
          {kind === 'OPERATOR' && (
            <span className="edged rounded-md bg-accent-soft px-2 py-0.5 text-xs font-medium text-accent-ink">
              {operator}
            </span>
          )}
          <span
            className="min-w-0 truncate text-sm text-muted sm:max-w-48"
            title={externalUserId ?? undefined}
          >
            <span className="sr-only">{`${signedInAs} `}</span>
            <span>{externalUserId}</span>
          </span>
          <LanguageChooser />
          <SignOutButton />
        </div>
      </div>
    </header>
  )
}

function SignOutButton() {
  const { renew } = useSession()
  const { notify } = useNotices()
  const messages = useMessages(commonMessages)
  const sentence = useFailureSentence()
  const [busy, setBusy] = useState(false)

  async function leave() {
    setBusy(true)
    const failure = await signOut()
    setBusy(false)
    if (failure === undefined) renew()
    else notify({ kind: 'error', text: messages.stillSignedIn({ reason: sentence(failure) }) })
  }

  return (
    <Button busy={busy} onClick={() => void leave()}>
      {messages.signOut}
    </Button>
  )
}
