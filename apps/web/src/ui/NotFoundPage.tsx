import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { buttonClass } from './Button.tsx'
import { PageHeading } from './PageHeading.tsx'
import { ProductMark } from './ProductMark.tsx'
import { Link } from './router.tsx'

/** Shown for an unknown path, also to signed-out users. */
export function NotFoundPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-4 sm:p-6">
      <div className="mb-2">
        <ProductMark />
      </div>
      <Nothing />
    </main>
  )
}

/** The same below the header, for a path that this user may not see. */
export function NothingHere() {
  return (
    <main className="mx-auto flex max-w-5xl flex-col items-start gap-4 px-4 pt-8 pb-24 sm:px-6">
      <Nothing />
    </main>
  )
}

function Nothing() {
  const { notFound } = useMessages(commonMessages)
  return (
    <>
      <PageHeading>{notFound.title}</PageHeading>
      <p className="text-muted">{notFound.why}</p>
      <Link to="/accounts" className={buttonClass('primary')}>
        {notFound.toAccounts}
      </Link>
    </>
  )
}
