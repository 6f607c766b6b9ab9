import { ownName } from '../ui/base-path.ts'
import type { ConnectTarget } from './connect-flow.ts'

/** Where the target is kept. */
export const startKey = () => ownName('start')

/** Remembers what the user asked to connect, for this tab's next load of the page. */
export function startAfterReload(target: ConnectTarget): void {
  try {
    sessionStorage.setItem(startKey(), JSON.stringify(target))
  } catch {
    // Storage may be blocked. Then the user clicks again.
  }
}
