import type { ShownPage } from './open-dialog.ts'

/** A browser's report about a page blocked by a header. */
interface Refusal {
  disposition?: string
  effectiveDirective?: string
  destination?: string
  blockedURI?: string
  blockedURL?: string
}

/**
 * Reports in a sentence what blocks the hosted page from its frame: a header of either page, or an extension that hides
 * the frame. Chromium reports every header that it enforces; Firefox and Safari report only `frame-src`.
 */
export function watchRefusal(
  { frame, origin }: ShownPage,
  over: AbortSignal,
  report: (sentence: string) => void,
): void {
  const { parentElement: dialog } = frame
  const reportBlocked = (by: string, advice: string) => report(`${by} blocks ${origin}. ${advice}`)
  const reportIsolation = () =>
    reportBlocked('Cross-Origin-Embedder-Policy of this page', 'Do not send that header here.')
  const check = (refusal: Refusal) => {
    const { disposition, effectiveDirective, destination, blockedURI, blockedURL } = refusal
    // Reports may be about other frames, about images, or about a report-only policy.
    const isOurs = `${blockedURI ?? blockedURL}/`.startsWith(`${origin}/`)
    if (disposition !== 'enforce' || !isOurs) return
    if (effectiveDirective === 'frame-src') {
      reportBlocked('Content-Security-Policy of this page', 'Add it to frame-src.')
    } else if (effectiveDirective === 'frame-ancestors') {
      report(`${origin} refuses a frame in ${location.origin}. Add that to allowed_origins.`)
    } else if (destination === 'iframe') reportIsolation()
  }

  document.addEventListener('securitypolicyviolation', check, { signal: over })
  const sizes = new ResizeObserver(() => {
    // A page that goes away is hidden, and loses the frame's box before the dialog's.
    if (document.hidden) return
    if (dialog?.getClientRects().length && !frame.getClientRects().length) {
      reportBlocked('An extension of this browser', 'Allow it here, then try again.')
    }
  })
  sizes.observe(frame)
  over.addEventListener('abort', () => sizes.disconnect())
  // Chromium, the only browser with this attribute, can isolate a page in other ways, which do not block frames.
  if (crossOriginIsolated && !('credentialless' in frame)) return reportIsolation()
  if (!('ReportingObserver' in globalThis)) return
  const reports = new ReportingObserver((entries) => {
    // In Chromium some bodies expose their contents only as JSON.
    for (const { body } of entries) check(JSON.parse(JSON.stringify(body ?? {})))
  })
  reports.observe()
  over.addEventListener('abort', () => reports.disconnect())
}
