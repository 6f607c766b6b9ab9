import type { ComponentCall } from './component-call.ts'
import type { ComponentContext } from './component.ts'
import { createComponentContext } from './create-component-context.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** A line of a component's log, as Pipedream documents it: `k` is `console.log`, or `error` with `err`. */
export interface Observation {
  k: 'console.log' | 'error'
  /** Milliseconds since 1970. */
  ts: number
  msg?: string
  err?: { name: string; message: string; stack: string }
}

interface Outcome<Result> {
  /** Null when the component failed. */
  result: Result | null
  observations: Observation[]
  /** The errors, each as the JSON of `{ name, message }`, as observed at Pipedream. */
  errors: string[]
}

interface Order<Result> {
  call: ComponentCall
  work: (context: ComponentContext) => Promise<Result>
  /** The file stash of the run. Default: none. */
  stash?: ComponentContext['stash']
}

/**
 * Runs a component. An error becomes an observation instead of an exception, because Pipedream still responds with 200.
 */
export async function runComponent<Result>(
  context: EmulatorContext,
  { call, work, stash }: Order<Result>,
): Promise<Outcome<Result>> {
  const observations: Observation[] = []
  const ts = () => context.clock.now().getTime()
  const log = (msg: string) => void observations.push({ k: 'console.log', ts: ts(), msg })
  const componentContext = createComponentContext(context, call, { log, ...(stash && { stash }) })
  try {
    return { result: await work(componentContext), observations, errors: [] }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    // The rest of the stack would reveal file paths of the emulator's machine.
    const stack = `${name}: ${message}`
    observations.push({ k: 'error', ts: ts(), err: { name, message, stack } })
    return { result: null, observations, errors: [JSON.stringify({ name, message })] }
  }
}
