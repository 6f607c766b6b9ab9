import { buildUrl, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamError } from '../http/errors.ts'
import { responseError } from '../http/read-response.ts'
import type { HttpCall, Receive } from '../http/send-request.ts'
import { streamResponse, type StreamedResponse, type Reading } from '../http/streamed-response.ts'
import type { CallStreaming } from './call-streaming.ts'
import { checkRequired } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'
import { readFileLink, writeFileQuery } from './wire/file-stash.ts'

/** A file of the stash whose body can be read once: with `bytes()`, `text()`, or the stream `body`. */
export interface StashedFile extends Pick<StreamedResponse, 'body' | 'bytes' | 'text'> {
  /** The last segment of its key. */
  readonly name: string
  /** Media type according to the file store; null if unknown. */
  readonly contentType: string | null
  /** Size in bytes; null if the store did not say. */
  readonly size: number | null
}

/** Files that actions have created. Pipedream documents that they are deleted after 24 hours. */
export interface FileStash {
  /**
   * Downloads a file by its key, such as `1day/.../u/report.pdf`, from the exports of an action run. If Pipedream responds with
   * a link to its store, it is followed once, without the access token. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  download(s3Key: string, options?: CallOptions): Promise<StashedFile>
}

export function createFileStash(config: ClientConfig, callStreaming: CallStreaming): FileStash {
  const path = ['v1', 'connect', config.projectId, 'file_stash', 'download']
  return {
    async download(s3Key, options) {
      checkRequired('s3Key', s3Key)
      const url = buildUrl(config.baseUrl, path, writeFileQuery(s3Key))
      const call = {
        url,
        target: targetOf('GET', url),
        headers: { accept: '*/*' },
        repeatable: true,
      }
      return callStreaming(
        call.target,
        async ({ reading, send, sendAuthorized }) => {
          const receive = receiveFile(reading, config.baseUrl)
          const response = await sendAuthorized({ ...call, receive })
          const file =
            response instanceof URL ? await send(followLink(response, reading)) : response
          return describe(s3Key, file)
        },
        options,
      )
    },
  }
}

/** Returns the file itself, or the link to it. */
function receiveFile(reading: Reading, baseUrl: string): Receive<StreamedResponse | URL> {
  return async (response, { request }) => {
    const { status } = response
    if (status >= 200 && status < 300) return streamResponse(response, reading)
    const link = readFileLink(response, { requestUrl: request.url, baseUrl })
    const body = await response.text()
    return link ?? responseError(request, response, body)
  }
}

function followLink(link: URL, reading: Reading): HttpCall<StreamedResponse> {
  return {
    url: link.href,
    target: targetOf('GET', link.href),
    // No credentials: the link alone gives access to the file.
    headers: { accept: '*/*' },
    repeatable: true,
    unauthorizedMessage: NO_FILE,
    secrets: [],
    receive: async (response, { request }) => {
      const { status } = response
      if (status >= 200 && status < 300) return streamResponse(response, reading)
      await response.text()
      const code = status === 404 ? 'ERR_NOT_FOUND' : 'ERR_UPSTREAM'
      return new PipedreamError(NO_FILE, { code, status, target: request.target })
    },
  }
}

const NO_FILE =
  'The file store of Pipedream did not return the file. Request it again: its links expire after half an hour, its files after a day.'

function describe(s3Key: string, file: StreamedResponse): StashedFile {
  const { headers, body } = file
  const length = headers.get('content-length')
  // The size of the response, which differs from the file's if the response is compressed.
  const isExact = length !== null && headers.get('content-encoding') === null
  return {
    name: s3Key.split('/').at(-1) ?? s3Key,
    contentType: headers.get('content-type'),
    size: isExact ? Number(length) : null,
    body,
    bytes: () => file.bytes(),
    text: () => file.text(),
  }
}
