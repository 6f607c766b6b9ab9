import { ownName } from '../ui/base-path.ts'
import type { ConnectTarget } from './connect-flow.ts'

const key = () => ownName('start-after-reload')

/** Remembers what the user asked to connect, for this tab's next load of the page. */
export function startAfterReload(target: ConnectTarget): void {
  try {
    sessionStorage.setItem(key(), JSON.stringify(target))
  } catch {
    // Storage may be blocked. Then the user clicks again.
  }
}

/** Returns what the user asked to connect before the page was reloaded, once. */
export function takeStart(): ConnectTarget | undefined {
  try {
    const stored = sessionStorage.getItem(key())
    sessionStorage.removeItem(key())
    const target: unknown = stored === null ? undefined : JSON.parse(stored)
    return isTarget(target) ? target : undefined
  } catch {
    return undefined
  }
}

function isTarget(value: unknown): value is ConnectTarget {
  if (typeof value !== 'object' || value === null) return false
  const { app, appName, accountId }: { app?: unknown; appName?: unknown; accountId?: unknown } =
    value
  return (
    typeof app === 'string' &&
    typeof appName === 'string' &&
    (accountId === undefined || typeof accountId === 'string')
  )
}
