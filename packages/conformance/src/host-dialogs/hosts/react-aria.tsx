import { Dialog, Heading, Modal as AriaModal, ModalOverlay } from 'react-aria-components'
import type { Host } from '../host.ts'

export const Modal: Host = ({ open, onOpenChange, children }) => (
  <ModalOverlay isDismissable isOpen={open} onOpenChange={onOpenChange}>
    <AriaModal>
      <Dialog>
        <Heading slot="title">Settings</Heading>
        {children}
      </Dialog>
    </AriaModal>
  </ModalOverlay>
)
