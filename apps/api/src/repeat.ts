import { setTimeout as wait } from 'node:timers/promises'

/** Does something again and again, with a pause after each time; the answer stops it, and waits for the time under way. */
export function repeat(
  run: () => Promise<void>,
  { pauseMs, onError }: { pauseMs: number; onError: (error: unknown) => void },
): () => Promise<void> {
  const stopped = new AbortController()
  const { signal } = stopped
  async function go(): Promise<void> {
    while (!signal.aborted) {
      await run().catch(onError)
      // Replicas that started together need not all look at the same moment.
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
