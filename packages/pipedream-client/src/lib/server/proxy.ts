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

/** What `proxy.request` takes. */
export interface ProxyRequest extends BodyInput {
  /** Default: `GET`. Pipedream documents GET, POST, PUT, PATCH and DELETE. */
  method?: HttpMethod | undefined
  /**
   * A whole http or https URL, on a host that the app allows; or a path that begins with `/`, which Pipedream puts behind the
   * app's base URL. Pipedream documents that apps whose base URL differs from account to account take a path alone.
   */
  url: string
  /** Appended to the URL's own query, if it has one. */
  query?: Query | undefined
  /** Whose account it is. */
  externalUserId: string
  /** The account whose credentials Pipedream puts in, `apn_...`. */
  accountId: string
  /**
   * For the API behind the proxy, by their own names. Those that Pipedream documents as not passed on are refused here, before
   * anything is sent: `accept-encoding`, `cookie`, `host`, `origin`, `referer`, ... and all of `proxy-*` and `sec-*`.
   */
  headers?: HeadersInput | undefined
}

/** Requests to the APIs of connected apps. */
export interface ApiProxy {
  /**
   * Sends a request with an account's credentials, and gives back what the app's API answered, whatever its status: a 404 or 500
   * of that API is no exception, see `ok` and `status`. A redirect is given back as well.
   *
   * Pipedream passes the upstream's status and body on, and marks its own failures by nothing but their form. So a response of
   * 400 or more is taken for Pipedream's own, and thrown as a `PipedreamError`, when it is JSON with the single key `error` and a
   * text in it, which is the form that Pipedream documents. An API that responds in that same form cannot be told apart, but for
   * 401: an access token that is younger than a minute is not what was refused, and an older one is replaced once to find out.
   * Pipedream's own failures in any other form, such as a page of a gateway in between, look like the API's.
   *
   * GET, HEAD, PUT and DELETE are sent again after Pipedream's own passing failures and lost responses, never after the API's.
   * The others are not, unless `repeatable` says so; a stream never is. Throws a `PipedreamError`.
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
        // The target's own query may hold what no error may: so it is left out as a whole.
        target: targetOf(method, buildUrl(config.baseUrl, path('...'))),
        headers: writeProxyHeaders(headers, written?.contentType),
        body: written?.body,
        repeatable: isRepeatable(method),
        refusal: REFUSAL,
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

const REFUSAL =
  'Pipedream did not accept the access token, and a stream cannot be sent again with a fresh one. Call again with a new stream.'

// A path that begins with two slashes, or a slash and a backslash, would name another host.
const PATH = /^\/(?![/\\])/

function checkTarget(url: string): void {
  const isUrl = typeof url === 'string' && (PATH.test(url) || /^https?:\/\/[^/?#]/i.test(url))
  const isClean = isUrl && url.isWellFormed() && !/[\s#]/.test(url)
  if (isClean && URL.canParse(url, 'https://upstream.invalid')) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'url',
    'an http or https URL, or a path that begins with one slash; without spaces and without a fragment',
  )
}
