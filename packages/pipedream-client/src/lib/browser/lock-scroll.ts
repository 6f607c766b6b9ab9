let locks = 0
let before = { overflow: '', scrollbarGutter: '' }

/** Keeps the page behind from scrolling until the last lock is released. Gives back the release, to be called once. */
export function lockScroll(): () => void {
  const root = document.documentElement
  if (locks === 0) {
    const { overflow, scrollbarGutter } = root.style
    before = { overflow, scrollbarGutter }
    // The room of a scrollbar that goes away is kept, so that the page does not jump.
    if (innerWidth > root.clientWidth) root.style.scrollbarGutter = 'stable'
    root.style.overflow = 'hidden'
  }
  locks += 1
  return () => {
    locks -= 1
    if (locks === 0) Object.assign(root.style, before)
  }
}
