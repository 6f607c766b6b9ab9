import { setTimeout as wait } from 'node:timers/promises'
import type { PipedreamFinding } from 'pipedream-client/node'

/** Something about the project at Pipedream that an operator has to correct; the gateway serves all the same. */
interface ProjectWarning {
  /** What was looked at, such as `credentials` or `project`. */
  check: PipedreamFinding['check']
  /** What is wrong: a sentence. */
  message: string
}

export interface ProjectWatch {
  warnings(): readonly ProjectWarning[]
  stop(): void
}

export interface ProjectWatchOptions {
  /** Looks once; see `diagnosePipedream`. */
  diagnose: () => Promise<PipedreamFinding[]>
  /** Writes a line to the terminal. */
  say: (line: string) => void
  /** How long to wait when Pipedream could not be reached, and when it refused something; default: 30 s, and 5 min. */
  pausesMs?: { unreachable: number; refused: number }
}

const PAUSES_MS = { unreachable: 30_000, refused: 300_000 }

/**
 * Checks the project in the background, once when all is well. Else it says so and looks again, until all is well: most of
 * what is wrong is mended at Pipedream, without a restart of ours. It speaks only when what it finds is new.
 */
export function watchProject(options: ProjectWatchOptions): ProjectWatch {
  const { diagnose, say, pausesMs = PAUSES_MS } = options
  const stopped = new AbortController()
  const { signal } = stopped
  let problems: readonly PipedreamFinding[] = []

  async function watch(): Promise<void> {
    for (;;) {
      const found = (await diagnose()).filter(({ status }) => status === 'problem')
      if (signal.aborted) return
      for (const line of describe(found, problems)) say(line)
      problems = found
      if (found.length === 0) return
      const isUnreachable = found.some(({ check }) => check === 'reachability')
      const pause = isUnreachable ? pausesMs.unreachable : pausesMs.refused
      await wait(pause, undefined, { signal, ref: false })
    }
  }

  watch().catch((error: unknown) => {
    if (!signal.aborted) say(`The project could not be checked: ${String(error)}`)
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
  if (found.length === 0) return ['  Pipedream accepts the settings now.']
  return found.map(({ check, what, fix }) => `  Warning (${check}): ${what} ${fix ?? ''}`.trimEnd())
}
