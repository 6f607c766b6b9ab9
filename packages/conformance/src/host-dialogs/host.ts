import type { ComponentType, ReactNode } from 'react'

/** A product's own dialog, built with one library. Its name is `Settings`. */
export type Host = ComponentType<{
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}>
