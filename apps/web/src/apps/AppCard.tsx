import type { Ref } from 'react'
import { connectMessages } from '../connect/connect-messages.ts'
import { useConnectTrigger } from '../connect/connect-flow.ts'
import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import type { Elements } from '../ui/elements.ts'
import { LogoTile } from '../ui/LogoTile.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { appsMessages } from './apps-messages.ts'

export const AppCard_app = graphql(`
  fragment AppCard_app on App {
    slug
    name
    imgSrc
    categories
  }
`)

const CARD =
  'flex min-h-18 items-center gap-3 rounded-xl border border-line bg-surface p-4 shadow-xs'
// There may be thousands of cards: the browser lays out and paints only the visible ones.
const UNSEEN = '[content-visibility:auto] [contain-intrinsic-size:auto_4.5rem]'

interface AppCardProps {
  app: FragmentOf<typeof AppCard_app>
  /** How many accounts of this app the user has. */
  connected: number
  ref?: Ref<HTMLLIElement>
}

/** An app of the catalogue, with its button. */
export function AppCard({ app, connected, ref }: AppCardProps) {
  const { slug, name, imgSrc, categories } = readFragment(AppCard_app, app)
  const { status, trigger } = useConnectTrigger({ app: slug, appName: name })
  const connect = useMessages(connectMessages)
  const messages = useMessages(appsMessages)
  return (
    <li ref={ref} className={classNames(CARD, UNSEEN)}>
      <LogoTile src={imgSrc} name={name} />
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <h3 className="truncate text-sm font-semibold" title={name}>
          {name}
        </h3>
        <CardLine usual={categories[0] ?? messages.app}>
          {status !== undefined && <span>{connect.flow[status]}</span>}
          {status === undefined && connected > 0 && (
            <span className="text-ok-ink">{messages.connected({ count: connected })}</span>
          )}
        </CardLine>
      </div>
      <Button aria-label={connect.connectApp({ app: name })} {...trigger}>
        {connect.connect}
      </Button>
    </li>
  )
}

// The usual line keeps its space, so that a card with two lines doesn't shrink when it is clicked.
function CardLine({ usual, children }: { usual: string; children: Elements[] }) {
  const other = children.some(Boolean)
  return (
    <p className="grid text-sm text-muted *:col-start-1 *:row-start-1">
      <span className={classNames('line-clamp-2', other && 'invisible')}>{usual}</span>
      {other && <span>{children}</span>}
    </p>
  )
}

/** The placeholder of a card. */
export function AppCardSkeleton() {
  return (
    <li className={CARD}>
      <Skeleton className="size-10 rounded-lg" />
      <div className="flex grow flex-col gap-2">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-3.5 w-16" />
      </div>
      <Skeleton className="h-9 w-20 rounded-lg" />
    </li>
  )
}
