import { type ComponentType, lazy } from 'react'
import type { CommonMessages } from './i18n/common-messages.ts'

interface Route {
  path: string
  /** What it is called in the bar on top, and in the title of the window. */
  name: keyof CommonMessages & ('accounts' | 'activity' | 'operator')
  operatorsOnly?: boolean
  Page: ComponentType
  /** Loads its code ahead. */
  preload: () => void
}

/** The pages that the bar on top leads to. Each is a file of its own, loaded when somebody goes there. */
export const ROUTES: readonly Route[] = [
  {
    path: '/accounts',
    name: 'accounts',
    ...page(async () => (await import('./AccountsPage.tsx')).AccountsPage),
  },
  {
    path: '/activity',
    name: 'activity',
    ...page(async () => (await import('./activity/ActivityPage.tsx')).ActivityPage),
  },
  {
    path: '/operator',
    name: 'operator',
    operatorsOnly: true,
    ...page(async () => (await import('./operator/OperatorPage.tsx')).OperatorPage),
  },
]

export function routeOf(path: string): Route | undefined {
  return ROUTES.find((route) => route.path === path)
}

function page(load: () => Promise<ComponentType>): Pick<Route, 'Page' | 'preload'> {
  return {
    Page: lazy(async () => ({ default: await load() })),
    // Whoever goes there asks again, and is told.
    preload: () => void load().catch(() => undefined),
  }
}
