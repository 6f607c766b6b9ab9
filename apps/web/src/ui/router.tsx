import { type MouseEvent, type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { basePath } from './base-path.ts'

// A few paths without parameters need no library: one would add a tenth to the page's script.

/** The current path below the base path, without a trailing slash. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, currentPath)
}

export function currentPath(): string {
  const path = window.location.pathname.replace(/\/+$/, '')
  const base = basePath()
  return `${path}/`.startsWith(`${base}/`) ? path.slice(base.length) || '/' : path
}

// The browser sends `popstate` for its own buttons only, not when a script changes the address.
const WENT = 'went'

let gone = false

/** Whether the user has navigated since the app was loaded. */
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

/** Replaces the current history entry by another path. */
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
  /** The link leads to the current page. */
  current?: boolean
  /** Called when the user is likely to follow the link. */
  onIntent?: (() => void) | undefined
  children: ReactNode
}

/** A link to another path of the app, without a page load. */
export function Link({ to, className, current = false, onIntent, children }: LinkProps) {
  const href = basePath() + to
  function follow(event: MouseEvent) {
    // The browser handles new tabs, new windows and downloads.
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
