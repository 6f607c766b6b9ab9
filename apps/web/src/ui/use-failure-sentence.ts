import { useCallback } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { type RequestFailure, requestErrorSentence } from './request-error-sentence.ts'
import { isResultError, resultSentence } from './result-sentence.ts'

/** Makes the sentence that tells of an error of the API, or of a request that got no answer, in the page's language. */
export function useFailureSentence(): (failure: object | undefined) => string {
  const words = useMessages(commonMessages)
  return useCallback(
    (failure: RequestFailure = {}) =>
      isResultError(failure)
        ? resultSentence(failure, words.errors)
        : requestErrorSentence(failure, { online: navigator.onLine, words }),
    [words],
  )
}
