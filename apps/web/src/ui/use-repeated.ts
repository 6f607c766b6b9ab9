import { useEffect } from 'react'

/** Calls `act` every `everyMs` while the page is visible, and immediately when it becomes visible again. */
export function useRepeated(act: () => void, everyMs: number): void {
  useEffect(() => {
    const actIfSeen = () => {
      if (document.visibilityState === 'visible') act()
    }
    const timer = setInterval(actIfSeen, everyMs)
    document.addEventListener('visibilitychange', actIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', actIfSeen)
    }
  }, [act, everyMs])
}
