import { type MouseEvent, type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { basePath } from './base-path.ts'

// A handful of addresses without parameters need no library, which would be a tenth of all the script on the page.

/** The path of the page's address below the base path, without a slash at its end. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, currentPath)
}

export function currentPath(): string {
  const path = window.location.pathname.replace(/\/+$/, '')
  const base = basePath()
  return `${path}/`.startsWith(`${base}/`) ? path.slice(base.length) || '/' : path
}

// The browser tells of its own buttons alone, not of what a script does to the address.
const WENT = 'went'

let gone = false

/** Whether the person has gone from one page to another since the app was loaded. */
export function hasGoneElsewhere(): boolean {
  return gone
}

function subscribe(onChange: () => void): () => void {
  const go = () => {
    gone = true
    onChange()
  }
  window.addEventListener('popstate', go)
  window.addEventListener(WENT, onChange)
  return () => {
    window.removeEventListener('popstate', go)
    window.removeEventListener(WENT, onChange)
  }
}

/** Goes to another path, in place of this one in the history. */
export function Redirect({ to }: { to: string }) {
  useEffect(() => {
    window.history.replaceState(null, '', basePath() + to + window.location.search)
    window.dispatchEvent(new Event(WENT))
  }, [to])
  return null
}

interface LinkProps {
  to: string
  className?: string
  /** The link leads to where the person is. */
  current?: boolean
  /** The person seems about to follow it. */
  onIntent?: () => void
  children: ReactNode
}

/** A link to another path of the app, which is followed without loading the page anew. */
export function Link({ to, className, current = false, onIntent, children }: LinkProps) {
  const href = basePath() + to
  function follow(event: MouseEvent) {
    // A new tab, a new window, or a download, is the browser's.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    gone = true
    window.history.pushState(null, '', href)
    window.dispatchEvent(new Event(WENT))
    window.scrollTo(0, 0)
  }
  return (
    <a
      href={href}
      onClick={follow}
      onPointerEnter={onIntent}
      onFocus={onIntent}
      aria-current={current ? 'page' : undefined}
      className={className}
    >
      {children}
    </a>
  )
}
