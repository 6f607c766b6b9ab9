import type { EmulatorClock } from '../state/clock.ts'

/** One request that the emulator was sent. */
export interface LoggedRequest {
  method: string
  /** Path and query, with what opens something replaced by `***`. */
  path: string
  /** Null until it is answered, and for ever when it never was. */
  status: number | null
  /** By the emulator's clock. */
  at: Date
}

export interface RequestLog {
  requests: LoggedRequest[]
  /** Notes the request, answers it, and notes the status. */
  record: (request: Request, answer: () => Promise<Response>) => Promise<Response>
}

/** Older requests are forgotten, so that a long load test does not fill the memory. */
const MOST_REQUESTS = 1000
/** What the hosted pages put into their addresses: each opens something, or was typed by a person. */
const SECRETS = new Set(['token', 'connect_token', 'attempt', 'state', 'code', 'fields'])

export function createRequestLog(clock: EmulatorClock): RequestLog {
  const requests: LoggedRequest[] = []
  return {
    requests,
    async record(request, answer) {
      const entry: LoggedRequest = {
        method: request.method,
        path: maskSecrets(new URL(request.url)),
        status: null,
        at: clock.now(),
      }
      requests.push(entry)
      if (requests.length > MOST_REQUESTS) requests.shift()
      const response = await answer()
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
