import { type ComponentType, lazy } from 'react'
import { AccountsPage } from './AccountsPage.tsx'
import type { CommonMessages } from './i18n/common-messages.ts'

interface Route {
  path: string
  /** Message for the header and the title of the window. */
  name: keyof CommonMessages & ('accounts' | 'activity' | 'operator')
  operatorsOnly?: boolean
  Page: ComponentType
  /** Preloads its code, if it is not part of the first load. */
  preload?: () => void
}

/**
 * The pages in the header. Most users open the accounts first, so that page is part of the first load: it compresses better
 * in one file. Each other page is a chunk of its own, loaded when the user goes there.
 */
export const ROUTES: readonly Route[] = [
  {
    path: '/accounts',
    name: 'accounts',
    Page: AccountsPage,
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

function page(load: () => Promise<ComponentType>): Required<Pick<Route, 'Page' | 'preload'>> {
  return {
    Page: lazy(async () => ({ default: await load() })),
    // Going there loads it again, and shows the error.
    preload: () => void load().catch(() => undefined),
  }
}
