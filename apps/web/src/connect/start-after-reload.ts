import type { ConnectTarget } from './connect-flow.ts'

/** What a user asked to connect before the page was reloaded. */
export interface Start {
  user: string
  target: ConnectTarget
}

/** Remembers in the entry of the tab's history, which survives a reload, what a user asked to connect. */
export function startAfterReload(start: Start): void {
  window.history.replaceState(start, '')
}
