import { createContext, useContext } from 'react'

export interface Notice {
  kind: 'success' | 'quiet' | 'error'
  /** A sentence. */
  text: string
  /** For the user to quote to support. */
  supportCode?: string | undefined
  /** Adds a button that calls it. */
  onRetry?: (() => void) | undefined
  /** Label of the button; default "Try again". */
  retryLabel?: string | undefined
}

/** `undefined`: no notice. */
export type ShownNotice = Notice | undefined

interface Notices {
  /** Shows a notice, which replaces the previous one. */
  notify: (notice: Notice) => void
  /** Removes the notice. */
  dismiss: () => void
}

export const NoticesContext = createContext<Notices>({
  notify: () => undefined,
  dismiss: () => undefined,
})

/**
 * Shows one notice at a time, at the bottom of the page and to screen readers. An error stays until it is dismissed, retried
 * or replaced; other notices disappear after a while.
 */
export function useNotices(): Notices {
  return useContext(NoticesContext)
}
