import { FocusTrap } from 'focus-trap-react'
import type { Host } from '../host.ts'

function trap(closesOutside: boolean): Host {
  return ({ open, onOpenChange, children }) => {
    const close = () => {
      onOpenChange(false)
      return true
    }
    const options = {
      escapeDeactivates: close,
      clickOutsideDeactivates: closesOutside ? close : false,
    }
    return (
      open && (
        <FocusTrap focusTrapOptions={options}>
          <section aria-label="Settings">{children}</section>
        </FocusTrap>
      )
    )
  }
}

export const Modal = trap(false)
export const NonModal = trap(true)
