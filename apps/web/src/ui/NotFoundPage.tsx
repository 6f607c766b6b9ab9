import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { buttonClass } from './Button.tsx'
import { PageHeading } from './PageHeading.tsx'
import { ProductMark } from './ProductMark.tsx'
import { Link } from './router.tsx'

/** What an address that does not exist shows, whoever is signed in. */
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

/** The same for an address that is not for this person, under the bar on top. */
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
