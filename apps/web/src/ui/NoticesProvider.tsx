import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { NoticesContext, type ShownNotice } from './notices.ts'
import { PlainNotice } from './PlainNotice.tsx'
import type { Elements } from './elements.ts'

const Toasts = lazy(async () => {
  try {
    return { default: (await import('./Toasts.tsx')).Toasts }
  } catch {
    // An offline user has to see that they are offline.
    return { default: PlainNotice }
  }
})

/** Provides `useNotices`, and shows the notices. */
export function NoticesProvider({ children }: { children: Elements }) {
  const [shown, setShown] = useState<ShownNotice>()
  const touched = useFirstTouch()
  const notices = useMemo(() => ({ notify: setShown, dismiss: () => setShown(undefined) }), [])
  return (
    <NoticesContext value={notices}>
      {children}
      {(touched || shown !== undefined) && (
        <Suspense>
          <Toasts shown={shown} />
        </Suspense>
      )}
    </NoticesContext>
  )
}

const SIGNS_OF_LIFE = ['pointermove', 'touchstart', 'keydown']

/**
 * Whether the user has interacted with the page. The code of notices is loaded then: early enough for screen readers to know
 * their region before the first notice, and without delaying the page.
 */
function useFirstTouch(): boolean {
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    const seen = new AbortController()
    const note = () => {
      setTouched(true)
      seen.abort()
    }
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, note, { signal: seen.signal })
    return () => seen.abort()
  }, [])
  return touched
}
