/** Runs `fire` after `delayMs`, unless `until` is aborted before. */
export function fireAfter(delayMs: number, until: AbortSignal, fire: () => void): void {
  const timer = setTimeout(fire, delayMs)
  until.addEventListener('abort', () => clearTimeout(timer))
}
