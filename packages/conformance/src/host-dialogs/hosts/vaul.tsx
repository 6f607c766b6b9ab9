import { Drawer } from 'vaul'
import type { Host } from '../host.ts'

function vaul(modal: boolean): Host {
  return ({ open, onOpenChange, children }) => (
    <Drawer.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Drawer.Portal>
        <Drawer.Overlay />
        <Drawer.Content aria-describedby={undefined}>
          <Drawer.Title>Settings</Drawer.Title>
          {children}
        </Drawer.Content>
      </Drawer.Portal>
    </Drawer.Root>
  )
}

export const Modal = vaul(true)
export const NonModal = vaul(false)
