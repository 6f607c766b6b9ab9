let traceId = randomHex(16)

/** Lets every click begin a new trace. */
export function traceClicks(): void {
  // Before anything else hears of the click, for it may make a request.
  window.addEventListener('click', () => (traceId = randomHex(16)), { capture: true })
}

/**
 * W3C's `traceparent` for a request that is about to be made: everything that the page asks for from one click to the next
 * is one trace, which the gateway goes on with when somebody collects traces.
 */
export function traceparent(): string {
  return `00-${traceId}-${randomHex(8)}-01`
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
