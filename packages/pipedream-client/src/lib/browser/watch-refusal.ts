/** What browsers report of a page that a header keeps out. */
interface Refusal {
  disposition?: string
  effectiveDirective?: string
  destination?: string
  blockedURL?: string
}

/**
 * Tells in a sentence what keeps the hosted page out of its frame: a header of either page, or an extension that hides
 * the frame. Chromium reports every header that it enforces; Firefox and Safari report `frame-src` alone.
 */
export function watchRefusal(
  frame: HTMLIFrameElement,
  over: AbortSignal,
  tell: (sentence: string) => void,
): void {
  const { parentElement: dialog } = frame
  const { origin } = new URL(frame.src)
  const tellOfIsolation = () =>
    tell(
      `Cross-Origin-Embedder-Policy of this page blocks ${origin}. Do not send that header here.`,
    )
  const hear = (
    { disposition, effectiveDirective, destination }: Refusal,
    blockedURL: string | undefined,
  ) => {
    // Reports may be about other frames, about pictures, or about a policy that is only tried out.
    if (disposition !== 'enforce' || !`${blockedURL}/`.startsWith(`${origin}/`)) return
    if (effectiveDirective === 'frame-src') {
      tell(`Content-Security-Policy of this page blocks ${origin}. Add it to frame-src.`)
    } else if (effectiveDirective === 'frame-ancestors') {
      tell(`${origin} refuses a frame in ${location.origin}. Add that to allowed_origins.`)
    } else if (destination === 'iframe') tellOfIsolation()
  }

  document.addEventListener('securitypolicyviolation', (event) => hear(event, event.blockedURI), {
    signal: over,
  })
  const sizes = new ResizeObserver(() => {
    if (dialog?.getClientRects().length && !frame.getClientRects().length) {
      tell(`An extension of this browser blocks ${origin}. Allow it here, then try again.`)
    }
  })
  sizes.observe(frame)
  over.addEventListener('abort', () => sizes.disconnect())
  // Chromium, which alone has this attribute, has other ways to isolate a page, with which frames do load.
  if (crossOriginIsolated && !('credentialless' in frame)) return tellOfIsolation()
  if (!('ReportingObserver' in globalThis)) return
  const reports = new ReportingObserver((told) => {
    // In Chromium some bodies show what is in them as JSON alone.
    for (const { body } of told) {
      const refusal: Refusal = JSON.parse(JSON.stringify(body ?? {}))
      hear(refusal, refusal.blockedURL)
    }
  })
  reports.observe()
  over.addEventListener('abort', () => reports.disconnect())
}
