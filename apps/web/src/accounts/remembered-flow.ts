import type { ConnectTarget } from './connect-target.ts'

const KEY = 'open-flow'

interface RememberedFlow {
  flowId: string
  target: ConnectTarget
}

/** Remembers the flow that is open in this tab, over a reload; `undefined`: none is. */
export function rememberFlow(flow: RememberedFlow | undefined): void {
  try {
    if (flow) sessionStorage.setItem(KEY, JSON.stringify(flow))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Storage may be full or forbidden; a reload then ends the flow without a word.
  }
}

/** The flow that was open when this tab was reloaded. It is forgotten thereby. */
export function takeRememberedFlow(): RememberedFlow | undefined {
  try {
    const stored = sessionStorage.getItem(KEY)
    rememberFlow(undefined)
    const flow: unknown = stored === null ? undefined : JSON.parse(stored)
    return isRememberedFlow(flow) ? flow : undefined
  } catch {
    return undefined
  }
}

function isRememberedFlow(value: unknown): value is RememberedFlow {
  if (typeof value !== 'object' || value === null) return false
  if (!('flowId' in value) || typeof value.flowId !== 'string') return false
  if (!('target' in value) || typeof value.target !== 'object' || value.target === null)
    return false
  return 'app' in value.target && 'appName' in value.target
}
