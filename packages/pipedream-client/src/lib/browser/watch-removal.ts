/** Calls `tell` when the page removes the element, as some routers do with the whole content of `body`, or hides the popover that holds it. */
export function watchRemoval(element: Element, over: AbortSignal, tell: () => void): void {
  const observer = new MutationObserver(() => {
    if (!element.isConnected) tell()
  })
  observer.observe(document, { childList: true, subtree: true })
  // A modal dialog inside a hidden popover is invisible but still blocks the page.
  element.parentElement?.addEventListener(
    'toggle',
    (event) => {
      if (event.newState === 'closed') tell()
    },
    { signal: over },
  )
  over.addEventListener('abort', () => observer.disconnect())
}
