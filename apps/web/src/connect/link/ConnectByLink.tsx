import { isInAppBrowser } from 'pipedream-client/browser'
import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { useNotices } from '../../ui/notices.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { AppQuery } from '../app-query.ts'
import { LinkQuestion } from './LinkQuestion.tsx'
import { requestedApp } from './requested-app.ts'
import { type ConnectTarget, useConnectFlow } from '../connect-flow.ts'
import { flowMessages } from '../flow/flow-messages.ts'

/**
 * Asks whether to start the flow requested by `/accounts?connect=google_sheets`, once. It always asks: any site can link
 * here, and the page cannot tell who wrote the link. Nothing is created before the user agrees.
 */
export function ConnectByLink() {
  const client = useClient()
  const { start } = useConnectFlow()
  const { notify } = useNotices()
  const [target, setTarget] = useState<ConnectTarget>()
  const sentence = useFailureSentence(useMessages(flowMessages).errors)
  useEffect(() => {
    async function connect(slug: string) {
      const { data, error } = await client.query(AppQuery, { slug }).toPromise()
      const app = data?.app
      if (app?.__typename === 'App') return setTarget({ app: app.slug, appName: app.name })
      const onRetry = app?.__typename === 'UnknownApp' ? undefined : () => void connect(slug)
      notify({ kind: 'error', text: sentence(app ?? error), onRetry })
    }
    // Most providers reject sign-in there. The user is asked to copy the link, which must keep its parameter.
    const slug = isInAppBrowser() ? undefined : takeRequestedApp()
    if (slug !== undefined) void connect(slug)
  }, [client, notify, sentence])
  if (!target) return null
  return <LinkQuestion appName={target.appName} onAgree={() => start(target, {})} />
}

/** Returns the requested app and removes it from the address, so that a reload does not start another flow. */
function takeRequestedApp(): string | undefined {
  const slug = requestedApp()
  if (slug === undefined) return undefined
  const url = new URL(window.location.href)
  url.searchParams.delete('connect')
  window.history.replaceState(null, '', url)
  return slug
}
