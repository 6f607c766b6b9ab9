import type { ConnectTarget } from '../connect-flow.ts'
import type { Start } from '../start-after-reload.ts'

/** Returns what this user asked to connect before the page was reloaded, once. */
export function takeStart(user: string): ConnectTarget | undefined {
  // Only `startAfterReload` stores a state with a target.
  const start: Partial<Start> | null = window.history.state
  if (!start?.target) return undefined
  window.history.replaceState(null, '')
  return start.user === user ? start.target : undefined
}
