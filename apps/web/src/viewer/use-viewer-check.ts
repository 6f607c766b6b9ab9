import { useEffect } from 'react'
import { useClient } from 'urql'
import { graphql } from '../graphql.ts'

// A query of its own: a failed one takes what it asked for from the page, and this one may fail at any time.
const WhoIsSignedIn = graphql(`
  query WhoIsSignedIn {
    viewer {
      kind
      externalUserId
    }
  }
`)

/**
 * Asks who is signed in whenever the person comes back to the page, for a session also changes without a word to the
 * page: it expires, or another program changes the cookie. The session itself reads the answer.
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
