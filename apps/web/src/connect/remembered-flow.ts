import type { ConnectTarget } from './connect-target.ts'
import { ownName } from '../ui/base-path.ts'

const key = () => ownName('open-flow')

interface RememberedFlow {
  flowId: string
  target: ConnectTarget
}

/** Remembers the flow that is open in this tab, over a reload; `undefined`: none is. */
export function rememberFlow(flow: RememberedFlow | undefined): void {
  letGo?.()
  letGo = undefined
  if (flow) void hold(flow)
  try {
    if (flow) sessionStorage.setItem(key(), JSON.stringify(flow))
    else sessionStorage.removeItem(key())
  } catch {
    // Storage may be full or forbidden; a reload then ends the flow without a word.
  }
}

/** The flow that was open when this tab was reloaded. It is forgotten thereby. */
export async function takeRememberedFlow(): Promise<RememberedFlow | undefined> {
  const flow = readStored()
  if (!flow) return undefined
  rememberFlow(undefined)
  return (await isOpenElsewhere(flow)) ? undefined : flow
}

function readStored(): RememberedFlow | undefined {
  try {
    const flow: unknown = JSON.parse(sessionStorage.getItem(key()) ?? 'null')
    return isRememberedFlow(flow) ? flow : undefined
  } catch {
    return undefined
  }
}

let letGo: (() => void) | undefined

// A tab that is opened out of this one, or doubles it, gets a copy of what is remembered here; a lock it does not get.
// Where there are no locks, it believes that the flow was cut off, which does no harm.
async function hold({ flowId }: RememberedFlow): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  letGo = resolve
  await navigator.locks?.request(lockOf(flowId), () => promise).catch(() => undefined)
}

async function isOpenElsewhere({ flowId }: RememberedFlow): Promise<boolean> {
  const locks = await navigator.locks?.query().catch(() => undefined)
  return locks?.held?.some(({ name }) => name === lockOf(flowId)) ?? false
}

const lockOf = (flowId: string) => `flow ${flowId}`

function isRememberedFlow(value: unknown): value is RememberedFlow {
  if (typeof value !== 'object' || value === null) return false
  if (!('flowId' in value) || typeof value.flowId !== 'string') return false
  if (!('target' in value) || typeof value.target !== 'object' || value.target === null)
    return false
  return 'app' in value.target && 'appName' in value.target
}
