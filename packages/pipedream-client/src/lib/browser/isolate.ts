/** The events that libraries use to detect a click outside of their dialog, trap the focus, block scrolling or close on Escape. */
const TYPES = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'touchstart',
  'touchmove',
  'touchend',
  'wheel',
  'keydown',
  'keyup',
  'focusin',
  'focusout',
  'focus',
  'blur',
]

/**
 * Isolates the dialog from the page until `over` is aborted: listeners of the page receive no event of the dialog and
 * are not told that the focus moved into it, the page cannot hide or disable the dialog, and it does not scroll.
 * Listeners inside the dialog receive none of these events either; `onClick` is called with the clicked element instead.
 */
export function isolate(
  dialog: HTMLElement,
  over: AbortSignal,
  onClick: (clicked: EventTarget | null) => void,
): void {
  const isInside = (target: unknown) => target instanceof Node && dialog.contains(target)
  for (const type of TYPES) {
    const stop = (event: Event & { relatedTarget?: unknown }) => {
      // The page is told when the focus comes back, but not that it moved into the dialog.
      const isLeft = /out|blur/.test(type) && isInside(event.relatedTarget)
      if (!isLeft && !isInside(event.target)) return
      event.stopImmediatePropagation()
      if (type === 'click') onClick(event.target)
    }
    // Captured at the window, because focus traps and Escape handlers capture these events at the document.
    addEventListener(type, stop, { capture: true, passive: true, signal: over })
  }
  // Libraries set these on everything outside of their own dialog, including elements that are added later.
  const observer = new MutationObserver(() => {
    dialog.inert = false
    dialog.ariaHidden = null
  })
  observer.observe(dialog, { attributeFilter: ['inert', 'aria-hidden'] })
  const restyle = stylePage(`dialog[aria-label="${dialog.ariaLabel}"]`)
  over.addEventListener('abort', () => {
    observer.disconnect()
    restyle()
  })
}

/**
 * Stops the page behind the dialog from scrolling, and undoes what the page's style sheets add to the dialog in places
 * that inline styles cannot reach: its backdrop, and boxes before and after its elements. Returns a function that
 * restores the page.
 *
 * Adds a style sheet instead of writing to the root's `style`, because scroll locks of libraries save and restore that
 * attribute, possibly while the dialog is open.
 */
function stylePage(selector: string): () => void {
  const sheet = new CSSStyleSheet()
  // Keeps the space of the scrollbar, so that the page does not jump.
  const gutter = innerWidth > document.documentElement.clientWidth ? 'stable' : 'auto'
  const inside = `:is(${selector},${selector} *)`
  sheet.replaceSync(
    `:root{overflow:hidden!important;scrollbar-gutter:${gutter}!important}${selector}::backdrop{all:revert!important}${inside}::before,${inside}::after{content:none!important}`,
  )
  document.adoptedStyleSheets.push(sheet)
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  }
}
