import { ClickAwayListener } from '@mui/material'
import Dialog from '@mui/material/Dialog'
import DialogTitle from '@mui/material/DialogTitle'
import type { Host } from '../host.ts'

export const Modal: Host = ({ open, onOpenChange, children }) => (
  <Dialog open={open} onClose={() => onOpenChange(false)} aria-labelledby="title">
    <DialogTitle id="title">Settings</DialogTitle>
    {children}
  </Dialog>
)

export const ClickAway: Host = ({ open, onOpenChange, children }) =>
  open && (
    <ClickAwayListener onClickAway={() => onOpenChange(false)}>
      <section aria-label="Settings">{children}</section>
    </ClickAwayListener>
  )
