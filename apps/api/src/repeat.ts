import { setTimeout as wait } from 'node:timers/promises'

/** Runs a function repeatedly, with a pause after each run. Returns a function that stops it and waits for the current run. */
export function repeat(
  run: () => Promise<void>,
  { pauseMs, onError }: { pauseMs: number; onError: (error: unknown) => void },
): () => Promise<void> {
  const stopped = new AbortController()
  const { signal } = stopped
  async function go(): Promise<void> {
    while (!signal.aborted) {
      await run().catch(onError)
      // Random, so that replicas that started together do not all run at the same moment.
      const pause = pauseMs * (0.75 + Math.random() / 2)
      await wait(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  const done = go()
  return () => {
    stopped.abort()
    return done
  }
}
