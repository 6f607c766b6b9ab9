import type { ConnectLabels } from './connect-options.ts'
import { isolate } from './isolate.ts'

/** The hosted page, open over the whole window. */
export interface ConnectDialog {
  frame: HTMLIFrameElement
  /** The modal dialog around the frame; fires `close` when the user closes it. */
  dialog: HTMLDialogElement
  /** Removes the dialog and restores focus and scrolling. */
  remove(): void
}

/** The element that had the focus before each open dialog. */
const openers = new WeakMap<Element, Element | null>()

/** Opens the hosted page in a frame inside a modal dialog, which makes the page behind it inert. */
export function openDialog(url: URL, labels: ConnectLabels = {}): ConnectDialog {
  const frame = createFrame(url, labels.dialog)
  const button = createButton(labels.close)
  const dialog = document.createElement('dialog')
  dialog.ariaLabel = frame.title
  setStyle(
    dialog,
    'position:fixed;inset:0;display:block;width:100%;height:100%;overflow:hidden;color-scheme:inherit;',
  )
  dialog.append(frame, button)
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
    frame.focus({ preventScroll: true })
  } catch (error) {
    remove()
    throw error
  }
  return { frame, dialog, remove }
}

function createFrame(url: URL, title = 'Pipedream Connect'): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.title = title
  // The address of the embedding page may name the user.
  frame.referrerPolicy = 'no-referrer'
  // No `allow`: without it a cross-origin frame gets neither camera nor clipboard. No `sandbox`: the consent page is a pop-up.
  frame.src = url.href
  setStyle(frame, 'position:absolute;inset:0;width:100%;height:100%;color-scheme:inherit;')
  return frame
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
