import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { readSetting } from '../ui/read-setting.ts'
import { accountsMessages } from './accounts-messages.ts'
import { AppQuery } from './app-query.ts'
import { useConnectTrigger } from './connect-flow-context.ts'

/** Buttons for the few apps that the operator has chosen. `vanishes`: they go away with the first account. */
export function QuickApps({ vanishes = false }: { vanishes?: boolean }) {
  const words = useMessages(accountsMessages)
  const [slugs] = useState(() => readSetting('quick-apps').split(',').filter(Boolean))
  if (slugs.length === 0) return null
  return (
    <ul aria-label={words.popularApps} className="flex flex-wrap gap-2">
      {slugs.map((slug) => (
        <QuickApp key={slug} slug={slug} vanishes={vanishes} />
      ))}
    </ul>
  )
}

function QuickApp({ slug, vanishes }: { slug: string; vanishes: boolean }) {
  const [{ data, error }] = useQuery({ query: AppQuery, variables: { slug } })
  const app = data?.app
  if (app?.__typename === 'App') return <ConnectQuickly {...app} vanishes={vanishes} />
  // The catalogue below says what is wrong, if anything is.
  if (app ?? error) return null
  return (
    <li>
      <Skeleton className="h-9 w-32 rounded-lg" />
    </li>
  )
}

interface ConnectQuicklyProps {
  slug: string
  name: string
  vanishes: boolean
}

function ConnectQuickly({ slug, name, vanishes }: ConnectQuicklyProps) {
  const words = useMessages(accountsMessages)
  const { trigger } = useConnectTrigger({ app: slug, appName: name }, { vanishes })
  return (
    <li>
      <Button {...trigger}>
        <Plus aria-hidden size={16} className="text-muted" />
        {words.connectApp({ app: name })}
      </Button>
    </li>
  )
}
