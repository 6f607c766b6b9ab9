import { useCallback, useEffect, useRef } from 'react'

/** Returns a function that calls `act` immediately, and then at most once per `pauseMs`. */
export function useThrottled(act: () => void, pauseMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const again = useRef(false)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useCallback(
    function run(): void {
      if (timer.current !== undefined) {
        again.current = true
        return
      }
      act()
      timer.current = setTimeout(() => {
        timer.current = undefined
        if (!again.current) return
        again.current = false
        run()
      }, pauseMs)
    },
    [act, pauseMs],
  )
}
