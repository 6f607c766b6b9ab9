import { PipedreamError } from '../http/errors.ts'
import { type HttpCall, isStream } from '../http/send-once.ts'
import { sendRequest } from '../http/send-request.ts'
import type { Deadline } from '../http/with-deadline.ts'
import type { AccessToken, AccessTokenCache } from './access-token.ts'
import type { ClientConfig } from './client-options.ts'

/** A call that lacks nothing but its access token. */
export interface UnauthorizedCall<T> extends Omit<HttpCall<T>, 'refusal' | 'secrets'> {
  /** What to say when even a fresh access token is answered with 401. Default: that the credentials may be wrong. */
  refusal?: string | undefined
  /** Texts besides the access token and the client secret that no error may repeat. */
  secrets?: readonly string[] | undefined
}

/** Sends a call with an access token; one that is refused is replaced, once. */
export type SendAuthorized = <T>(call: UnauthorizedCall<T>, deadline: Deadline) => Promise<T>

export function createSendAuthorized(
  config: ClientConfig,
  accessTokens: AccessTokenCache,
): SendAuthorized {
  const firstUse = new WeakMap<AccessToken, number>()
  const send: Send = (call, token, deadline) => {
    const now = Date.now()
    const since = firstUse.get(token) ?? now
    if (since === now) firstUse.set(token, now)
    const authorized = authorize(config, call, token)
    authorized.accessTokenAgeMs = now - since
    return sendRequest(config, authorized, deadline)
  }
  return async (call, deadline) => {
    const token = await accessTokens.get()
    try {
      return await send(call, token, deadline)
    } catch (error) {
      if (!(error instanceof PipedreamError && error.status === 401)) throw error
      accessTokens.drop(token)
      if (isStream(call.body)) throw error
      return send(call, await accessTokens.get(), deadline)
    }
  }
}

type Send = <T>(call: UnauthorizedCall<T>, token: AccessToken, deadline: Deadline) => Promise<T>

function authorize<T>(
  config: ClientConfig,
  call: UnauthorizedCall<T>,
  { accessToken }: AccessToken,
): HttpCall<T> {
  return {
    ...call,
    headers: {
      ...call.headers,
      authorization: `Bearer ${accessToken}`,
      'x-pd-environment': config.projectEnvironment,
    },
    refusal:
      call.refusal ??
      'Pipedream did not accept an access token, not even a fresh one. Check that clientId and projectId belong to the same workspace.',
    secrets: [accessToken, config.clientSecret, ...(call.secrets ?? [])],
  }
}
