import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from './i18n/language-context.tsx'
import { routeOf } from './routes.tsx'
import { ErrorBoundary } from './ui/ErrorBoundary.tsx'
import { NoticesProvider } from './ui/NoticesProvider.tsx'
import { NotFoundPage } from './ui/NotFoundPage.tsx'
import { currentPath, Redirect, usePath } from './ui/router.tsx'
import { traceClicks } from './traceparent.ts'
import { SessionProvider } from './viewer/session.tsx'
import { ViewerGate } from './viewer/ViewerGate.tsx'
import './ui/styles.css'

function App() {
  const path = usePath()
  const route = routeOf(path)
  if (path === '/') return <Redirect to="/accounts" />
  if (!route) return <NotFoundPage />
  return (
    <SessionProvider>
      {/* Inside the session: a notice and its "Try again" belong to one user. */}
      <NoticesProvider>
        <ViewerGate route={route} />
      </NoticesProvider>
    </SessionProvider>
  )
}

traceClicks()
// Loads the page's code while the gateway says who is signed in.
routeOf(currentPath())?.preload?.()

const root = document.querySelector('#root')
if (!root) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <Suspense>
        <ErrorBoundary>
          <App />
        </ErrorBoundary>
      </Suspense>
    </LanguageProvider>
  </StrictMode>,
)
