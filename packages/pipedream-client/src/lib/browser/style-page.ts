/**
 * Stops the page behind the dialog from scrolling, and undoes what the page's style sheets add to the dialog in places
 * that inline styles cannot reach: its backdrop, and boxes before and after its elements. Returns the release.
 *
 * It adds a style sheet instead of writing to the root's `style`, because scroll locks of libraries save and restore
 * that attribute, possibly while the dialog is open.
 */
export function stylePage(selector: string): () => void {
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
