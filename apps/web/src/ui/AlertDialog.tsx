import { createContext, useContext, useEffect, useId, useMemo, useRef } from 'react'
import type { Elements } from './elements.ts'

/** What the question in a dialog needs of it. */
interface Dialog {
  /** The heading has the ID `${id}-title`, the description `${id}-effect`: they name and describe the dialog. */
  id: string
  /** Whether the dialog is still open, and can show an error itself. */
  isOpen: () => boolean
  /** `gone`: the dialog's button is about to go, with what the dialog is about. */
  close: (options?: { gone: boolean }) => void
}

const DialogContext = createContext<Dialog>({
  id: '',
  isOpen: () => false,
  close: () => undefined,
})

/** The dialog around a question. */
export function useDialog(): Dialog {
  return useContext(DialogContext)
}

interface AlertDialogProps {
  /** The button that opened the dialog; gets the focus back when the user cancels. */
  trigger: HTMLElement
  /** Moves the focus when the button is gone. */
  focusNext: () => void
  children: Elements
}

/** A question. Opens when it mounts. After it closes it stays mounted, hidden, so that it can fade out. */
export function AlertDialog({ trigger, focusNext, children }: AlertDialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  useEffect(() => {
    // React's strict mode runs this twice.
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])

  const value = useMemo<Dialog>(
    () => ({
      id,
      isOpen: () => dialog.current?.open === true,
      close: (options) => {
        gone.current = options?.gone ?? false
        dialog.current?.close()
      },
    }),
    [id],
  )
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-effect`}
      className="question-dialog"
      // The browser returns the focus to the button, which may be removed. Safari doesn't: there a click doesn't focus a
      // button.
      onClose={() => (gone.current ? focusNext() : trigger.focus())}
    >
      <DialogContext value={value}>{children}</DialogContext>
    </dialog>
  )
}
