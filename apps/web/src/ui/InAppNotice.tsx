import { isInAppBrowser } from 'pipedream-client/browser'
import { lazy, useState } from 'react'

const OpenInBrowser = lazy(async () => {
  try {
    return { default: (await import('./in-app/OpenInBrowser.tsx')).OpenInBrowser }
  } catch {
    // The page works without it.
    return { default: () => <></> }
  }
})

/**
 * Asks the user to open the page in their browser when it is open inside another app, where Google doesn't allow sign-in. It
 * suspends the page around it, so that nothing moves when its code has loaded.
 */
export function InAppNotice() {
  const [inside] = useState(() => isInAppBrowser())
  return inside ? <OpenInBrowser /> : null
}
