import { useCallback } from 'react'
import { useNotices } from './notices.ts'
import { useFailureSentence } from './use-failure-sentence.ts'

/**
 * Returns a function that says that a part of the page's code couldn't be loaded. Its notice reloads the page, after
 * `beforeReload`; offline it calls `again`.
 */
export function useLoadFailure(): (again: () => void, beforeReload?: () => void) => undefined {
  const { notify } = useNotices()
  const sentence = useFailureSentence()
  return useCallback(
    (again, beforeReload) => {
      const text = sentence({ networkError: true })
      const onRetry = () => {
        if (!navigator.onLine) return again()
        // Browsers don't load a script again after it has failed.
        beforeReload?.()
        window.location.reload()
      }
      notify({ kind: 'error', text, onRetry })
    },
    [notify, sentence],
  )
}
