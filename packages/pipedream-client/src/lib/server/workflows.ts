import { targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import { responseError } from '../http/read-response.ts'
import {
  type BodyInput,
  checkMethod,
  type HeadersInput,
  type HttpMethod,
  isHeaderValue,
  writeBody,
  writeHeaders,
} from '../http/request-input.ts'
import type { HttpCall, Receive } from '../http/send-request.ts'
import { streamResponse, type StreamedResponse, type Reading } from '../http/streamed-response.ts'
import type { CallStreaming, StreamingCall } from './call-streaming.ts'
import { checkInput } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'
import { hasYoungToken } from './receive-upstream.ts'
import { readEndpoint, writeWorkflowHeaders } from './wire/workflow.ts'

/**
 * How a workflow's HTTP trigger authenticates its callers: not at all, with the client's access token, or with a token of its
 * own.
 */
export type WorkflowAuth =
  | 'none'
  | 'oauth'
  | {
      /** Sent as `authorization: Bearer ...`. */
      readonly bearer: string
    }

/** Input of `workflows.invoke`. */
export interface InvokeWorkflowInput extends BodyInput {
  /**
   * Id of the workflow's endpoint, such as `eoabc123`, or its https URL, including path and query. The URL's host must be a
   * subdomain of the client's `workflowDomain`.
   */
  endpoint: string
  /** HTTP method. Default: `POST`. */
  method?: HttpMethod | undefined
  /** Headers of the request. Default: none. */
  headers?: HeadersInput | undefined
  /** Authentication. Default: `oauth` if there is an `externalUserId`, else `none`. */
  auth?: WorkflowAuth | undefined
  /** The user whose accounts the workflow uses. Pipedream accepts it only with an access token. Default: none. */
  externalUserId?: string | undefined
}

/** Workflows with an HTTP trigger. */
export interface Workflows {
  /**
   * Invokes a workflow and resolves to its response with any status: a 500 does not throw, see `ok` and `status`. Never
   * retried, unless `repeatable` is set; then only after a lost response. With `oauth`, an access token that was used for more
   * than a minute is replaced once after a 401. Throws a `PipedreamError`.
   */
  invoke(input: InvokeWorkflowInput, options?: CallOptions): Promise<StreamedResponse>
}

export function createWorkflows(config: ClientConfig, callStreaming: CallStreaming): Workflows {
  return {
    async invoke(input, options) {
      const { method = 'POST', externalUserId } = input
      checkMethod(method, input)
      const auth = checkAuth(input)
      const url = readEndpoint(input.endpoint, config.workflowDomain)
      if (url === undefined) {
        fail(
          'endpoint',
          `an endpoint's id, or an https URL on a subdomain of ${config.workflowDomain}`,
        )
      }
      const headers = writeHeaders(input.headers)
      const written = await writeBody(input, headers['content-type'])
      const call = {
        url,
        target: targetOf(method, url),
        headers: {
          accept: '*/*',
          ...headers,
          ...(written === null ? {} : { 'content-type': written.contentType }),
          ...writeWorkflowHeaders(config, externalUserId),
        },
        body: written?.body,
        // Every method runs the workflow.
        repeatable: false,
        unauthorizedMessage: UNAUTHORIZED,
      }
      return callStreaming(call.target, (open) => sendBy(auth, open, call), options)
    },
  }
}

const UNAUTHORIZED =
  'The access token was rejected, and a stream cannot be sent again with a new one. Repeat the call with a new stream.'

function sendBy(
  auth: WorkflowAuth,
  { reading, send, sendAuthorized }: StreamingCall,
  call: Omit<HttpCall<never>, 'receive' | 'secrets'>,
): Promise<StreamedResponse> {
  const receive = receiveInvoked(reading)
  if (auth === 'oauth') return sendAuthorized({ ...call, receive })
  if (auth === 'none') return send({ ...call, receive, secrets: [] })
  const headers = { ...call.headers, authorization: `Bearer ${auth.bearer}` }
  return send({ ...call, headers, receive, secrets: [auth.bearer] })
}

/** Returns the workflow's response, except for a 401 that an old access token may have caused. */
function receiveInvoked(reading: Reading): Receive<StreamedResponse> {
  let wasRefused = false
  return async (response, { request }) => {
    if (response.status !== 401 || wasRefused || hasYoungToken(request)) {
      return streamResponse(response, reading)
    }
    wasRefused = true
    return responseError(request, response, await response.text())
  }
}

function checkAuth({ auth, externalUserId }: InvokeWorkflowInput): WorkflowAuth {
  checkInput('externalUserId', externalUserId)
  if (externalUserId !== undefined && !isHeaderValue(externalUserId)) {
    fail('externalUserId', 'a string of ASCII characters without spaces')
  }
  const chosen = auth ?? (externalUserId === undefined ? 'none' : 'oauth')
  if (chosen === 'oauth') return chosen
  if (externalUserId !== undefined) fail('auth', "'oauth' if there is an externalUserId")
  const isKnown = chosen === 'none' || isHeaderValue(chosen.bearer)
  return isKnown ? chosen : fail('auth', "'none', 'oauth', or { bearer } with a token")
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
