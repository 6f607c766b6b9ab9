import type { ConnectTarget } from '../connect-flow.ts'
import { startKey } from '../start-after-reload.ts'

/** Returns what the user asked to connect before the page was reloaded, once. */
export function takeStart(): ConnectTarget | undefined {
  try {
    const stored = sessionStorage.getItem(startKey())
    sessionStorage.removeItem(startKey())
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
