import { createContext, useContext } from 'react'

export interface Notice {
  kind: 'success' | 'quiet' | 'error'
  /** A sentence. */
  text: string
  /** To quote to our support. */
  supportCode?: string | undefined
  /** Offered as a button. */
  onRetry?: (() => void) | undefined
  /** What the button says; default "Try again". */
  retryLabel?: string | undefined
}

/** `undefined`: nothing is to be shown. */
export type ShownNotice = Notice | undefined

interface Notices {
  /** Shows a notice in place of the one before. */
  notify: (notice: Notice) => void
  /** Takes the notice away, because the person has gone on. */
  dismiss: () => void
}

export const NoticesContext = createContext<Notices>({
  notify: () => undefined,
  dismiss: () => undefined,
})

/**
 * Says what came of something, at the bottom of the page and to screen readers, one thing at a time. An error stays
 * until it is dismissed, retried or overtaken; the rest goes by itself.
 */
export function useNotices(): Notices {
  return useContext(NoticesContext)
}
