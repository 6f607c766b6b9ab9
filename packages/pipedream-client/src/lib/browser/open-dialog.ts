import type { ConnectLabels } from './connect-options.ts'
import { isolate } from './isolate.ts'

/** A dialog over the whole window, for the hosted page. */
export interface ConnectDialog {
  /** The modal dialog; fires `close` when the user closes it. */
  dialog: HTMLDialogElement
  /** Opens the hosted page in a frame inside the dialog. */
  show(url: URL, use: (page: ShownPage) => void): void
  /** Removes the dialog and restores focus and scrolling. */
  remove(): void
}

/** The hosted page in its frame. */
export interface ShownPage {
  frame: HTMLIFrameElement
  origin: string
}

/** The element that had the focus before each open dialog. */
const openers = new WeakMap<Element, Element | null>()

/** Opens a modal dialog, which makes the page behind it inert. */
export function openDialog({
  dialog: title = 'Pipedream Connect',
  close,
}: ConnectLabels = {}): ConnectDialog {
  const button = createButton(close)
  const dialog = document.createElement('dialog')
  dialog.ariaLabel = title
  setStyle(
    dialog,
    'position:fixed;inset:0;display:block;width:100%;height:100%;overflow:hidden;color-scheme:inherit;',
  )
  dialog.append(button)
  const active = document.activeElement
  // A flow opened from inside another flow may outlive it, so it returns the focus to the other flow's opener.
  const outer = active?.closest('dialog')
  const opener = (outer && openers.get(outer)) ?? active
  openers.set(dialog, opener)
  // Showing a modal dialog closes every popover that is not its ancestor.
  const parent = active?.closest('[popover]') ?? document.body
  parent.append(dialog)
  const shown = new AbortController()
  isolate(dialog, shown.signal, (clicked) => {
    // A browser's translation wraps the cross in an element.
    if (clicked instanceof Node && button.contains(clicked)) dialog.close()
  })
  const remove = () => {
    // Closing, unlike removing, restores the focus.
    if (dialog.open) dialog.close()
    dialog.remove()
    shown.abort()
    if (opener instanceof HTMLElement && document.activeElement === document.body) {
      opener.focus({ preventScroll: true })
    }
  }
  try {
    dialog.showModal()
  } catch (error) {
    remove()
    throw error
  }
  const show: ConnectDialog['show'] = (url, use) => {
    const frame = document.createElement('iframe')
    frame.title = title
    // The address of the embedding page may name the user.
    frame.referrerPolicy = 'no-referrer'
    // No `allow`: without it a cross-origin frame gets neither camera nor clipboard. No `sandbox`: the consent page is a pop-up.
    frame.src = url.href
    setStyle(frame, 'position:absolute;inset:0;width:100%;height:100%;color-scheme:inherit;')
    dialog.prepend(frame)
    frame.focus({ preventScroll: true })
    use({ frame, origin: url.origin })
  }
  return { dialog, show, remove }
}

// The frame may show a browser's own error page, or nothing at all, which cannot be detected from outside. This button
// works in either case.
function createButton(label = 'Close'): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.ariaLabel = label
  button.textContent = '×'
  setStyle(
    button,
    'position:absolute;top:12px;right:12px;box-sizing:border-box;width:40px;height:40px;border:1px solid #8888;border-radius:50%;background:#fff;color:#222;font:24px/38px sans-serif;text-align:center;cursor:pointer;outline:revert;',
  )
  return button
}

// Important inline declarations override every rule of the page's style sheets. They are set through the CSSOM, which a
// Content-Security-Policy allows where it forbids style attributes.
function setStyle(element: HTMLElement, css: string): void {
  element.style.cssText = `all:initial;${css}`.replaceAll(';', '!important;')
}
