import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { connectMessages } from '../connect/connect-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { Button, buttonClass } from '../ui/Button.tsx'
import { fromSlug } from '../ui/from-slug.ts'
import { readSetting } from '../ui/read-setting.ts'
import { accountsMessages } from './accounts-messages.ts'
import { AppQuery } from '../connect/app-query.ts'
import { useConnectTrigger } from '../connect/connect-flow.ts'

const LIST = 'flex flex-wrap gap-2'

/** Buttons for the apps of the `QUICK_APPS` setting. `vanishes`: they are removed when the first account arrives. */
export function QuickApps({ vanishes = false }: { vanishes?: boolean }) {
  const messages = useMessages(accountsMessages)
  const slugs = useQuickSlugs()
  if (slugs.length === 0) return null
  return (
    <ul aria-label={messages.popularApps} className={LIST}>
      {slugs.map((slug) => (
        <QuickApp key={slug} slug={slug} vanishes={vanishes} />
      ))}
    </ul>
  )
}

/** Their placeholder, while the list of accounts loads. */
export function QuickAppsSkeleton() {
  return (
    <div aria-hidden className={LIST}>
      {useQuickSlugs().map((slug) => (
        <QuickAppSkeleton key={slug} slug={slug} />
      ))}
    </div>
  )
}

function useQuickSlugs(): readonly string[] {
  const [slugs] = useState(() => readSetting('quick-apps').split(',').filter(Boolean))
  return slugs
}

function QuickApp({ slug, vanishes }: { slug: string; vanishes: boolean }) {
  const [{ data, error }] = useQuery({ query: AppQuery, variables: { slug } })
  const app = data?.app
  if (app?.__typename === 'App') return <ConnectQuickly {...app} vanishes={vanishes} />
  // If the gateway can't be reached, the catalogue below shows the error.
  if (app ?? error) return null
  return (
    <li>
      <QuickAppSkeleton slug={slug} />
    </li>
  )
}

// As wide as the button will be, so that nothing moves when the app is loaded.
function QuickAppSkeleton({ slug }: { slug: string }) {
  const { connectApp } = useMessages(connectMessages)
  return (
    <span aria-hidden className={buttonClass('secondary', 'animate-pulse')}>
      <Plus size={16} className="invisible" />
      <span className="invisible">{connectApp({ app: fromSlug(slug) })}</span>
    </span>
  )
}

interface ConnectQuicklyProps {
  slug: string
  name: string
  vanishes: boolean
}

function ConnectQuickly({ slug, name, vanishes }: ConnectQuicklyProps) {
  const { connectApp } = useMessages(connectMessages)
  const { trigger } = useConnectTrigger({ app: slug, appName: name }, { vanishes })
  return (
    <li>
      <Button {...trigger}>
        <Plus aria-hidden size={16} className="text-muted" />
        <span>{connectApp({ app: name })}</span>
      </Button>
    </li>
  )
}
