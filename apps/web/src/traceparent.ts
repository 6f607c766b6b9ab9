let traceId = randomHex(16)

/** Starts a new trace at every click. */
export function traceClicks(): void {
  // In the capture phase: the click's own handler may already send a request.
  window.addEventListener('click', () => (traceId = randomHex(16)), { capture: true })
}

/**
 * The W3C `traceparent` of the next request. All requests from one click to the next belong to one trace, which the gateway
 * continues when tracing is on.
 */
export function traceparent(): string {
  return `00-${traceId}-${randomHex(8)}-01`
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
