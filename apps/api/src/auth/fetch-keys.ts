import { createLocalJWKSet, type FetchImplementation } from 'jose'

// As long as callers are told to wait in `KeysUnavailable`.
const PAUSE_MS = 5000

/**
 * Wraps the `fetch` of a JWKS, so that bearer tokens cannot cause a request each while the keys cannot be fetched: a failure
 * is remembered for five seconds. A response that is not a set of keys is a failure too. jose itself shares a fetch among
 * concurrent callers, but remembers only keys.
 */
export function createFetchKeys(fetch: FetchImplementation): FetchImplementation {
  // A monotonic clock, because this machine's may be set back.
  let failure: { error: unknown; until: number } | undefined

  return async (url, options) => {
    if (failure && performance.now() < failure.until) throw failure.error
    try {
      const keys = await fetchKeys(fetch, url, options)
      failure = undefined
      return Response.json(keys)
    } catch (error) {
      failure = { error, until: performance.now() + PAUSE_MS }
      throw error
    }
  }
}

async function fetchKeys(...[fetch, url, options]: [FetchImplementation, ...FetchParameters]) {
  const response = await fetch(url, options)
  if (response.status !== 200) throw new Error(`The JWKS has status ${response.status}, not 200.`)
  const keys = await response.json()
  // Throws if it is not a JWKS.
  createLocalJWKSet(keys)
  return keys
}

type FetchParameters = Parameters<FetchImplementation>
