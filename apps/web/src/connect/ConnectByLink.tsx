import { isInAppBrowser } from 'pipedream-client/browser'
import { useEffect } from 'react'
import { useClient } from 'urql'
import { useNotices } from '../ui/notices.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { AppQuery } from './app-query.ts'
import { useConnectFlow } from './connect-flow-context.ts'

/** Begins the flow that `/accounts?connect=google_sheets` asks for, once. */
export function ConnectByLink() {
  const client = useClient()
  const { start } = useConnectFlow()
  const { notify } = useNotices()
  const sentence = useFailureSentence()
  useEffect(() => {
    async function connect(slug: string) {
      const { data, error } = await client.query(AppQuery, { slug }).toPromise()
      const app = data?.app
      if (app?.__typename === 'App') return start({ app: app.slug, appName: app.name }, {})
      const onRetry = app?.__typename === 'UnknownApp' ? undefined : () => void connect(slug)
      notify({ kind: 'error', text: sentence(app ?? error), onRetry })
    }
    // There most providers refuse, and the link, which the person is asked to copy, keeps what it asks for.
    const slug = isInAppBrowser() ? undefined : takeAskedApp()
    if (slug !== undefined) void connect(slug)
  }, [client, start, notify, sentence])
  return null
}

/** The slug in the address, which is taken out of it: a reload is no second wish. */
function takeAskedApp(): string | undefined {
  const url = new URL(window.location.href)
  const slug = url.searchParams.get('connect')
  if (slug === null || slug === '') return undefined
  url.searchParams.delete('connect')
  window.history.replaceState(null, '', url)
  return slug
}
