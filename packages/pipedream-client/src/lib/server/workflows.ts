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

/** How a workflow's HTTP trigger knows its callers: not at all, by the client's access token, or by a token of its own. */
export type WorkflowAuth = 'none' | 'oauth' | { readonly bearer: string }

/** What `workflows.invoke` takes. */
export interface InvokeWorkflowInput extends BodyInput {
  /**
   * The id of the workflow's endpoint, such as `eoabc123`; or its https URL, whose path and query are kept as they are. Its host
   * must lie below the client's `workflowDomain`, or nothing is sent.
   */
  endpoint: string
  /** Default: `POST`. */
  method?: HttpMethod | undefined
  headers?: HeadersInput | undefined
  /** Default: `oauth` when there is an `externalUserId`, else `none`. */
  auth?: WorkflowAuth | undefined
  /** Whose accounts the workflow is to use; Pipedream takes it from callers with an access token alone. */
  externalUserId?: string | undefined
}

/** Workflows with an HTTP trigger. */
export interface Workflows {
  /**
   * Invokes a workflow and gives back what it answered, whatever its status: a 500 is no exception, see `ok` and `status`.
   * It is never repeated by itself; with `repeatable`, lost responses alone are asked for again. With `oauth`, an access token that
   * is older than a minute and answered with 401 is replaced, once. Throws a `PipedreamError`.
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
          `an endpoint's id, or an https URL on a host below ${config.workflowDomain}`,
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
        // Any method makes it run.
        repeatable: false,
        refusal: REFUSAL,
      }
      return callStreaming(call.target, (open) => sendBy(auth, open, call), options)
    },
  }
}

const REFUSAL =
  'The access token was not accepted, and a stream cannot be sent again with a fresh one. Call again with a new stream.'

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

/** Opens whatever the workflow answered, but for a 401 that an old access token may be to blame for. */
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
    fail('externalUserId', 'a text that a header can hold: ASCII without spaces')
  }
  const chosen = auth ?? (externalUserId === undefined ? 'none' : 'oauth')
  if (chosen === 'oauth') return chosen
  if (externalUserId !== undefined) fail('auth', "'oauth' when there is an externalUserId")
  const isKnown = chosen === 'none' || isHeaderValue(chosen.bearer)
  return isKnown ? chosen : fail('auth', "'none', 'oauth', or { bearer } with a token in it")
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
