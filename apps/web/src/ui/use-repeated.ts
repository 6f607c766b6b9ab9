import { useEffect } from 'react'

/** Calls `act` every `everyMs` for as long as the page can be seen, and at once when it is seen again. */
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
