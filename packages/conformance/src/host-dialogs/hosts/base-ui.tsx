import { Dialog } from '@base-ui/react/dialog'
import type { Host } from '../host.ts'

function baseUi(modal: boolean | 'trap-focus'): Host {
  return ({ open, onOpenChange, children }) => (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)} modal={modal}>
      <Dialog.Portal>
        <Dialog.Backdrop />
        <Dialog.Popup>
          <Dialog.Title>Settings</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

export const Modal = baseUi(true)
export const NonModal = baseUi(false)
export const TrapFocus = baseUi('trap-focus')
