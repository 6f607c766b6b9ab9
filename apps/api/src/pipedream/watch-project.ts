import { setTimeout as wait } from 'node:timers/promises'
import type { PipedreamFinding } from 'pipedream-client/node'

/** A problem with the Pipedream project that an operator must fix; the gateway keeps serving. */
export interface ProjectWarning {
  /** The check that failed, such as `credentials` or `project`. */
  check: PipedreamFinding['check']
  /** What is wrong, in a sentence. */
  message: string
}

export interface ProjectWatch {
  warnings(): readonly ProjectWarning[]
  stop(): void
}

export interface ProjectWatchOptions {
  /** Runs the checks once; see `diagnosePipedream`. */
  diagnose: () => Promise<PipedreamFinding[]>
  /** Writes a line to the terminal. */
  say: (line: string) => void
  /** Pauses between checks, after Pipedream was unreachable and after it refused something; default: 30 s and 5 min. */
  pausesMs?: { unreachable: number; refused: number }
}

const PAUSES_MS = { unreachable: 30_000, refused: 300_000 }

/**
 * Checks the project in the background until all checks pass, because most problems are fixed at Pipedream without a
 * restart of the gateway. Prints only findings that are new.
 */
export function watchProject(options: ProjectWatchOptions): ProjectWatch {
  const { diagnose, say, pausesMs = PAUSES_MS } = options
  const stopped = new AbortController()
  const { signal } = stopped
  let problems: readonly PipedreamFinding[] = []
  // A choice of the operator, such as a wide scope: printed, but not a warning for as long as the gateway runs.
  let advised: readonly PipedreamFinding[] = []

  async function watch(): Promise<void> {
    for (;;) {
      const findings = await diagnose()
      if (signal.aborted) return
      const found = findings.filter(({ status }) => status === 'problem')
      const advice = findings.filter(({ status }) => status === 'warning')
      for (const line of [...describe(advice, advised), ...describe(found, problems)]) say(line)
      problems = found
      advised = advice
      if (found.length === 0) return
      const isUnreachable = found.some(({ check }) => check === 'reachability')
      const pause = isUnreachable ? pausesMs.unreachable : pausesMs.refused
      await wait(pause, undefined, { signal, ref: false })
    }
  }

  watch().catch((error: unknown) => {
    if (!signal.aborted) say(`Could not check the project: ${String(error)}`)
  })
  return {
    warnings: () => problems.map(({ check, what }) => ({ check, message: what })),
    stop: () => stopped.abort(),
  }
}

function describe(
  found: readonly PipedreamFinding[],
  before: readonly PipedreamFinding[],
): string[] {
  const isSame = (one: PipedreamFinding, index: number) =>
    one.check === before[index]?.check && one.what === before[index].what
  if (found.length === before.length && found.every(isSame)) return []
  if (found.length === 0) return ['  Pipedream now accepts the settings.']
  return found.map(({ check, what, fix }) => `  Warning (${check}): ${what} ${fix ?? ''}`.trimEnd())
}
