import { lazy, Suspense, useEffect, useEffectEvent } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../graphql.ts'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { NothingHere } from '../ui/NotFoundPage.tsx'
import { useNotices } from '../ui/notices.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import type { routeOf } from '../routes.tsx'
import { Header, Header_viewer } from './Header.tsx'
import { LiveEvents } from './LiveEvents.tsx'
import { UserIdContext, useSession } from './session.tsx'
import { useViewerCheck } from './use-viewer-check.ts'

// A chunk of its own, because signed-in users don't need it.
const SignInPage = lazy(async () => ({ default: (await import('./SignInPage.tsx')).SignInPage }))

// The session compares `kind` and `externalUserId` to notice another user.
const ViewerQuery = graphql(
  `
    query Viewer {
      viewer {
        kind
        externalUserId
        lastEventId
        ...Header_viewer
      }
    }
  `,
  [Header_viewer],
)

type Route = NonNullable<ReturnType<typeof routeOf>>

/** Shows a page to signed-in users, and the sign-in page to others. */
export function ViewerGate({ route }: { route: Route }) {
  // When the gateway has just said that the user is signed out, it isn't asked again: two contradicting responses would
  // make the page loop.
  const over = useSession().start === 'ended'
  const [{ data, error, fetching }, execute] = useQuery({ query: ViewerQuery, pause: over })
  const sentence = useFailureSentence()
  const messages = useMessages(commonMessages)
  useViewerCheck()
  useNewUserNotice(data?.viewer?.externalUserId)
  if (over) return <SignInPage />
  if (error) {
    return (
      <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center p-4">
        <h1 className="sr-only">{messages[route.name]}</h1>
        <ErrorNotice
          message={sentence(error)}
          retrying={fetching}
          onRetry={() => execute({ requestPolicy: 'network-only' })}
        />
      </main>
    )
  }
  if (!data) return <Waiting label={messages.loading} />
  if (!data.viewer) return <SignInPage />
  return (
    <UserIdContext value={data.viewer.externalUserId ?? ''}>
      <Header viewer={data.viewer} path={route.path} />
      <LiveEvents lastEventId={data.viewer.lastEventId}>
        <Suspense fallback={<Waiting label={messages.loading} />}>
          <PageOf route={route} viewer={data.viewer} />
        </Suspense>
      </LiveEvents>
    </UserIdContext>
  )
}

/** Says who is signed in now, if it was not this tab that signed the user in. */
function useNewUserNotice(name: string | null | undefined): void {
  const { start } = useSession()
  const { notify } = useNotices()
  const { nowSignedInAs } = useMessages(commonMessages)
  const isNews = start === 'elsewhere' && typeof name === 'string'
  // The language may change later, and is then no news.
  const tell = useEffectEvent((user: string) =>
    notify({ kind: 'quiet', text: nowSignedInAs({ name: user }) }),
  )
  useEffect(() => {
    if (isNews) tell(name)
  }, [isNews, name])
}

function PageOf({ route, viewer }: { route: Route; viewer: { kind: string } }) {
  if (route.operatorsOnly && viewer.kind !== 'OPERATOR') return <NothingHere />
  return <route.Page />
}

function Waiting({ label }: { label: string }) {
  return <main aria-busy aria-label={label} className="min-h-dvh" />
}
