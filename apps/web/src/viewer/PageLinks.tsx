import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { ROUTES } from '../routes.tsx'
import { classNames } from '../ui/class-names.ts'
import { Link } from '../ui/router.tsx'

interface PageLinksProps {
  /** Path of the current page. */
  path: string
  operator: boolean
}

// On a phone the header has no room, and the thumb is at the bottom.
const PHONE =
  'max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:justify-around max-sm:border-t max-sm:border-line max-sm:bg-surface max-sm:px-2 max-sm:py-1.5'

/** Links to the pages, if the user has more than one. */
export function PageLinks({ path, operator }: PageLinksProps) {
  const messages = useMessages(commonMessages)
  const routes = ROUTES.filter(({ operatorsOnly = false }) => operator || !operatorsOnly)
  if (routes.length < 2) return null
  return (
    <nav aria-label={messages.pages} className={classNames('flex gap-1', PHONE)}>
      {routes.map((route) => (
        <Link
          key={route.path}
          to={route.path}
          current={route.path === path}
          onIntent={route.preload}
          className={classNames(
            'flex min-h-9 items-center rounded-lg px-3 text-sm font-medium max-sm:min-h-11 max-sm:grow max-sm:justify-center',
            route.path === path
              ? 'bg-accent-soft text-accent-ink'
              : 'text-muted hover:bg-surface-hover hover:text-text',
          )}
        >
          {messages[route.name]}
        </Link>
      ))}
    </nav>
  )
}
