import { useEffect } from 'react'
import { useClient } from 'urql'
import { graphql } from '../graphql.ts'

// A query of its own: when a query fails, components lose its data, and this one may fail at any time.
const WhoIsSignedIn = graphql(`
  query WhoIsSignedIn {
    viewer {
      kind
      externalUserId
    }
  }
`)

/**
 * Asks who is signed in whenever the user comes back to the page: a session can also expire, or another program can change
 * its cookie. The session provider reads the response.
 */
export function useViewerCheck(): void {
  const client = useClient()
  useEffect(() => {
    const check = () => {
      if (document.visibilityState !== 'visible') return
      void client.query(WhoIsSignedIn, {}, { requestPolicy: 'network-only' }).toPromise()
    }
    document.addEventListener('visibilitychange', check)
    return () => document.removeEventListener('visibilitychange', check)
  }, [client])
}
