import * as Dialog from '@radix-ui/react-dialog'
import type { Host } from '../host.ts'

function radix(modal: boolean): Host {
  return ({ open, onOpenChange, children }) => (
    <Dialog.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Dialog.Portal>
        <Dialog.Overlay />
        <Dialog.Content aria-describedby={undefined}>
          <Dialog.Title>Settings</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

export const Modal = radix(true)
export const NonModal = radix(false)
