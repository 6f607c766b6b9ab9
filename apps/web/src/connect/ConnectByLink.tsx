import { isInAppBrowser } from 'pipedream-client/browser'
import { useEffect } from 'react'
import { useClient } from 'urql'
import { useNotices } from '../ui/notices.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { AppQuery } from './app-query.ts'
import { useConnectFlow } from './connect-flow.ts'
import { connectMessages } from './connect-messages.ts'

/** Starts the flow requested by `/accounts?connect=google_sheets`, once. */
export function ConnectByLink() {
  const client = useClient()
  const { start } = useConnectFlow()
  const { notify } = useNotices()
  const sentence = useFailureSentence(useMessages(connectMessages).errors)
  useEffect(() => {
    async function connect(slug: string) {
      const { data, error } = await client.query(AppQuery, { slug }).toPromise()
      const app = data?.app
      if (app?.__typename === 'App') return start({ app: app.slug, appName: app.name }, {})
      const onRetry = app?.__typename === 'UnknownApp' ? undefined : () => void connect(slug)
      notify({ kind: 'error', text: sentence(app ?? error), onRetry })
    }
    // Most providers reject sign-in there. The user is asked to copy the link, which must keep its parameter.
    const slug = isInAppBrowser() ? undefined : takeRequestedApp()
    if (slug !== undefined) void connect(slug)
  }, [client, start, notify, sentence])
  return null
}

/** Returns the slug in the address and removes it, so that a reload does not start another flow. */
function takeRequestedApp(): string | undefined {
  const url = new URL(window.location.href)
  const slug = url.searchParams.get('connect')
  if (slug === null || slug === '') return undefined
  url.searchParams.delete('connect')
  window.history.replaceState(null, '', url)
  return slug
}
