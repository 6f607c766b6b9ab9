/** Tells when the page takes an element out of itself, as some routers do with all that `body` holds. */
export function watchRemoval(element: Element, over: AbortSignal, tell: () => void): void {
  const observer = new MutationObserver(() => {
    if (!element.isConnected) tell()
  })
  // Both the content of `body` and `body` itself may be replaced.
  for (const parent of [document.documentElement, document.body]) {
    observer.observe(parent, { childList: true })
  }
  over.addEventListener('abort', () => observer.disconnect())
}
