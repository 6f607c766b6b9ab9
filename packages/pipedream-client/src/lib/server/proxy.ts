import { buildUrl, type Query, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import {
  type BodyInput,
  checkMethod,
  type HeadersInput,
  type HttpMethod,
  isRepeatable,
  writeBody,
} from '../http/request-input.ts'
import type { StreamedResponse } from '../http/streamed-response.ts'
import type { CallStreaming } from './call-streaming.ts'
import { checkRequired } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'
import { receiveUpstream } from './receive-upstream.ts'
import {
  checkProxyHeaders,
  writeProxyHeaders,
  writeProxyQuery,
  writeProxyTarget,
} from './wire/proxy.ts'

/** Input of `proxy.request`. */
export interface ProxyRequest extends BodyInput {
  /** Pipedream documents GET, POST, PUT, PATCH and DELETE. Default: `GET`. */
  method?: HttpMethod | undefined
  /**
   * An http or https URL on a host that the app allows, or a path that starts with `/` and is appended to the app's base URL.
   * Pipedream documents that apps whose base URL depends on the account accept only a path.
   */
  url: string
  /** Query parameters, added to those of `url`. Default: none. */
  query?: Query | undefined
  /** Your id for the account's user. */
  externalUserId: string
  /** The account whose credentials Pipedream adds, `apn_...`. */
  accountId: string
  /**
   * Headers for the app's API. Throws for headers that Pipedream documents as not forwarded, such as `accept-encoding`,
   * `cookie`, `host`, `origin`, `referer`, `proxy-*` and `sec-*`. Default: none.
   */
  headers?: HeadersInput | undefined
}

/** Requests to the APIs of connected apps. */
export interface ApiProxy {
  /**
   * Sends a request with an account's credentials, and resolves to the response of the app's API with any status: a 404, a 500
   * or a redirect of that API does not throw, see `ok` and `status`.
   *
   * Pipedream forwards status and body of the API's response, and its own errors differ from those only in their format. A
   * response with a status of 400 or more counts as Pipedream's own error, and is thrown as a `PipedreamError`, if its body has
   * the documented format: JSON with the single key `error`, whose value is a string. An API that uses the same format is
   * therefore indistinguishable, except for 401: an access token used for less than a minute cannot be the cause, and an older
   * one is replaced once to find out. Errors of Pipedream in any other format, such as the page of a gateway in between, look
   * like responses of the API.
   *
   * GET, HEAD, OPTIONS, PUT and DELETE are retried after temporary errors of Pipedream and after lost responses, never after
   * errors of the API. Other methods are retried only if `repeatable` is set, and a stream is never retried. Throws a
   * `PipedreamError`.
   */
  request(input: ProxyRequest, options?: CallOptions): Promise<StreamedResponse>
}

export function createProxy(config: ClientConfig, callStreaming: CallStreaming): ApiProxy {
  return {
    async request(input, options) {
      const { method = 'GET', externalUserId, accountId } = input
      checkMethod(method, input)
      checkTarget(input.url)
      checkRequired('externalUserId', externalUserId)
      checkRequired('accountId', accountId)
      const headers = checkProxyHeaders(input.headers)
      const written = await writeBody(input, headers['content-type'])
      const path = (target: string) => ['v1', 'connect', config.projectId, 'proxy', target]
      const call = {
        url: buildUrl(
          config.baseUrl,
          path(writeProxyTarget(input.url, input.query)),
          writeProxyQuery(externalUserId, accountId),
        ),
        // Errors omit the target's URL entirely, because its query may contain secrets.
        target: targetOf(method, buildUrl(config.baseUrl, path('...'))),
        headers: writeProxyHeaders(headers, written?.contentType),
        body: written?.body,
        repeatable: isRepeatable(method),
        unauthorizedMessage: UNAUTHORIZED,
      }
      return callStreaming(
        call.target,
        ({ reading, sendAuthorized }) =>
          sendAuthorized({ ...call, receive: receiveUpstream(reading) }),
        options,
      )
    },
  }
}

const UNAUTHORIZED =
  'Pipedream rejected the access token, and a stream cannot be sent again with a new one. Repeat the call with a new stream.'

// A path that starts with two slashes, or a slash and a backslash, names another host.
const PATH = /^\/(?![/\\])/

function checkTarget(url: string): void {
  const isUrl = typeof url === 'string' && (PATH.test(url) || /^https?:\/\/[^/?#]/i.test(url))
  const isClean = isUrl && url.isWellFormed() && !/[\s#]/.test(url)
  if (isClean && URL.canParse(url, 'https://upstream.invalid')) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'url',
    'an http or https URL, or a path that starts with one slash, without spaces and fragment',
  )
}
