import type { Peer } from './loopback.ts'
import { TooManyRequests } from './refusal.ts'
import { withCors } from './cors.ts'
import { isSafeMethod } from './cross-site.ts'
import { refuse } from './respond.ts'
import { clientAddress } from './client-address.ts'
import type { Limits } from './limits.ts'
import { readBody } from './read-body.ts'

type Answer = (request: Request, peer: Peer) => Promise<Response>

export interface LimitRequestsOptions {
  limits: Pick<Limits, 'rates' | 'body' | 'trustedProxies'>
  /** Pages that may call us, and read why we refuse. */
  allowedOrigins: readonly string[]
}

/** Lets through what is within the bounds of one address and of a body, which is in memory then. */
export function limitRequests(
  answer: Answer,
  { limits: { rates, body, trustedProxies }, allowedOrigins }: LimitRequestsOptions,
): Answer {
  async function admit(request: Request, { remoteAddress }: Peer): Promise<Request> {
    if (isCounted(request)) {
      const forwardedFor = request.headers.get('x-forwarded-for')
      const address = clientAddress({ remoteAddress, forwardedFor, proxies: trustedProxies })
      const retryAfterMs = await rates.take('address', address)
      if (retryAfterMs !== undefined) throw new TooManyRequests(retryAfterMs)
    }
    return readBody(request, body)
  }

  return async (request, peer) => {
    const admitted = await admit(request, peer).catch(refuse)
    if (admitted instanceof Response) return withCors(admitted, request, allowedOrigins)
    return answer(admitted, peer)
  }
}

// Any page may make a browser send the others, as often as it likes; they do nothing, but for the return from a hosted
// page, and who is kept from that would burn nothing.
function isCounted({ method }: Request): boolean {
  return !isSafeMethod(method)
}
