/** Runs work under a key; calls with the same key wait for the one that runs. */
export type Once = (key: string, run: () => Promise<void>) => Promise<void>

export function createOnce(): Once {
  const running = new Map<string, Promise<void>>()
  return async (key, run) => {
    const known = running.get(key)
    if (known) return known
    const started = run().finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
