import type { CallOptions } from '../http/call-options.ts'
import type { RequestTarget } from '../http/errors.ts'
import { type HttpCall, isStream, sendRequest } from '../http/send-request.ts'
import { type Reading, withStreamingDeadline } from '../http/streamed-response.ts'
import type { Deadline } from '../http/with-deadline.ts'
import { rateLimitHeader, readLimits } from './call-api.ts'
import type { ClientConfig } from './client-options.ts'
import type { SendAuthorized, UnauthorizedCall } from './send-authorized.ts'

/** What a call with a streamed response works with. */
export interface StreamingCall {
  /** Limits for reading the response body. */
  reading: Reading
  /** Sends a call with an access token, and with the caller's rate limit token. Replaces a rejected access token once. */
  sendAuthorized: <T>(call: UnauthorizedCall<T>) => Promise<T>
  /** Sends a call unchanged, without an access token. */
  send: <T>(call: HttpCall<T>) => Promise<T>
}

/** Runs a call whose response is streamed instead of read as JSON. */
export type CallStreaming = <T>(
  target: RequestTarget,
  work: (call: StreamingCall) => Promise<T>,
  options?: CallOptions,
) => Promise<T>

export function createCallStreaming(
  config: ClientConfig,
  sendAuthorized: SendAuthorized,
): CallStreaming {
  return async (target, work, options) => {
    const counted = rateLimitHeader(config, options)
    const bind = (deadline: Deadline, reading: Reading): StreamingCall => ({
      reading,
      sendAuthorized: (call) =>
        sendAuthorized(
          {
            ...call,
            headers: { ...call.headers, ...counted },
            repeatable: mayRepeat(call, options),
            secrets: [...(call.secrets ?? []), ...Object.values(counted)],
          },
          deadline,
        ),
      send: (call) =>
        sendRequest(config, { ...call, repeatable: mayRepeat(call, options) }, deadline),
    })
    return withStreamingDeadline(readLimits(config, options), target, (deadline, reading) =>
      work(bind(deadline, reading)),
    )
  }
}

function mayRepeat<T>(call: UnauthorizedCall<T>, options: CallOptions = {}): boolean {
  return !isStream(call.body) && (options.repeatable ?? call.repeatable)
}
