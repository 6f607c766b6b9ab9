import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { NoticesContext, type ShownNotice } from './notices.ts'
import { PlainNotice } from './PlainNotice.tsx'
import type { Elements } from './elements.ts'

const Toasts = lazy(async () => {
  try {
    return { default: (await import('./Toasts.tsx')).Toasts }
  } catch {
    // Most of all somebody who is offline has to be told so.
    return { default: PlainNotice }
  }
})

/** Gives everything inside it `useNotices`, and a place where the notices appear. */
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
 * Whether somebody has touched the page. What shows notices is loaded then: early enough to be there, known to screen
 * readers, when the first notice comes, and not on the way of the page itself.
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
