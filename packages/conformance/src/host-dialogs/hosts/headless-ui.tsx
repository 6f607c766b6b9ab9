import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react'
import type { Host } from '../host.ts'

export const Modal: Host = ({ open, onOpenChange, children }) => (
  <Dialog open={open} onClose={onOpenChange}>
    <DialogPanel>
      <DialogTitle>Settings</DialogTitle>
      {children}
    </DialogPanel>
  </Dialog>
)
