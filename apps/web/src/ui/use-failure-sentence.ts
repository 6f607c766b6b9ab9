import { useCallback } from 'react'
import { type CommonMessages, commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { type RequestFailure, requestErrorSentence } from './request-error-sentence.ts'
import { isResultError, resultSentence } from './result-sentence.ts'

const NONE = {}

/**
 * Returns a function that describes an error of the API, or a failed request, in the page's language. `own` replaces some
 * messages; it has to be the same object at every render.
 */
export function useFailureSentence(
  own: Partial<CommonMessages['errors']> = NONE,
): (failure: object | undefined) => string {
  const messages = useMessages(commonMessages)
  return useCallback(
    (failure: RequestFailure = {}) =>
      isResultError(failure)
        ? resultSentence(failure, { ...messages.errors, ...own })
        : requestErrorSentence(failure, { online: navigator.onLine, messages }),
    [messages, own],
  )
}
