import { useEffect, useRef } from 'react'
import type { Host } from '../host.ts'

export const Modal: Host = ({ open, onOpenChange, children }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} aria-label="Settings" onClose={() => onOpenChange(false)}>
      {open && children}
    </dialog>
  )
}

export const Popover: Host = ({ open, onOpenChange, children }) => {
  const popover = useRef<HTMLElement>(null)
  useEffect(() => {
    popover.current?.togglePopover(open)
  }, [open])
  return (
    <section
      ref={popover}
      popover="auto"
      aria-label="Settings"
      onToggle={({ newState }) => onOpenChange(newState === 'open')}
    >
      {open && children}
    </section>
  )
}
