import type { EmulatorClock } from '../state/clock.ts'

/** A request that the emulator received. */
export interface LoggedRequest {
  /** The HTTP method, in upper case. */
  method: string
  /** Path and query, with secrets replaced by `***`. */
  path: string
  /** The HTTP status of the response; null until there is one, and forever when the request gets none. */
  status: number | null
  /** When the request arrived, by the emulator's clock. */
  at: Date
}

export interface RequestLog {
  requests: LoggedRequest[]
  /** Records the request, handles it, and records the status. */
  record: (request: Request, handle: () => Promise<Response>) => Promise<Response>
}

/** Older requests are dropped, so that a long load test does not fill the memory. */
const MOST_REQUESTS = 1000
/** Query parameters of the hosted pages that are secrets, or that users typed. */
const SECRETS = new Set(['token', 'connect_token', 'attempt', 'state', 'code', 'fields'])

export function createRequestLog(clock: EmulatorClock): RequestLog {
  const requests: LoggedRequest[] = []
  return {
    requests,
    async record(request, handle) {
      const entry: LoggedRequest = {
        method: request.method,
        path: maskSecrets(new URL(request.url)),
        status: null,
        at: clock.now(),
      }
      requests.push(entry)
      if (requests.length > MOST_REQUESTS) requests.shift()
      const response = await handle()
      entry.status = response.status
      return response
    },
  }
}

function maskSecrets({ pathname, search, searchParams }: URL): string {
  const secrets = [...searchParams.keys()].filter((name) => SECRETS.has(name))
  for (const name of secrets) searchParams.set(name, '***')
  const query = secrets.length === 0 ? search : `?${searchParams}`
  return (pathname + query)
    .replaceAll(/ctok_\w+/g, 'ctok_***')
    .replace(/(\/_static\/oauth\/attempts\/)[^?]+/, '$1***')
}
