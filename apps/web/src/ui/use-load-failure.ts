import { useCallback } from 'react'
import { useNotices } from './notices.ts'
import { useFailureSentence } from './use-failure-sentence.ts'

/** Returns a function that says that a part of the page's code couldn't be loaded. Its notice calls `again`. */
export function useLoadFailure(): (again: () => void) => undefined {
  const { notify } = useNotices()
  const sentence = useFailureSentence()
  return useCallback(
    (again) => {
      const text = sentence({ networkError: true })
      // Browsers don't load a script again after it has failed.
      const onRetry = () => (navigator.onLine ? window.location.reload() : again())
      notify({ kind: 'error', text, onRetry })
    },
    [notify, sentence],
  )
}
