import type { ComponentCall } from './component-call.ts'
import type { ComponentContext } from './component.ts'
import { createComponentContext } from './create-component-context.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** A line of what a component did, as Pipedream documents it: `k` is `console.log`, or `error` with `err`. */
export interface Observation {
  k: 'console.log' | 'error'
  /** Milliseconds since 1970. */
  ts: number
  msg?: string
  err?: { name: string; message: string; stack: string }
}

interface Outcome<Result> {
  /** Null when it failed. */
  result: Result | null
  observations: Observation[]
  /** What it failed of, each the JSON of `{ name, message }`, which is how Pipedream was observed to tell it. */
  errors: string[]
}

interface Order<Result> {
  call: ComponentCall
  work: (context: ComponentContext) => Promise<Result>
  /** Where it keeps its files. Default: it has no file stash. */
  stash?: ComponentContext['stash']
}

/** Lets a component work. What it throws is not thrown on but observed: Pipedream answers 200 all the same. */
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
    // The stack ends here: what follows would be files of the machine that the emulator runs on.
    const stack = `${name}: ${message}`
    observations.push({ k: 'error', ts: ts(), err: { name, message, stack } })
    return { result: null, observations, errors: [JSON.stringify({ name, message })] }
  }
}
