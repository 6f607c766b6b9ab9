import { buildUrl, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { PipedreamError } from '../http/errors.ts'
import { responseError } from '../http/read-response.ts'
import type { HttpCall, Receive } from '../http/send-request.ts'
import { streamResponse, type StreamedResponse, type Reading } from '../http/streamed-response.ts'
import type { CallStreaming } from './call-streaming.ts'
import { checkRequired } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'

/** A file of the stash, its bytes yet to be read: as `bytes()`, as `text()`, or from the stream `body`. */
export interface StashedFile extends Pick<StreamedResponse, 'body' | 'bytes' | 'text'> {
  /** The last part of its key. */
  readonly name: string
  /** Its media type, as the store has it; null when it did not say. */
  readonly contentType: string | null
  /** Its length in bytes; null when the store did not say. */
  readonly size: number | null
}

/** Files that actions left behind. Pipedream documents that they live for 24 hours. */
export interface FileStash {
  /**
   * Downloads a file by its key, `1day/.../u/report.pdf`, which a run names in its exports. Pipedream may answer with a link to its
   * store: that is followed once, without the access token. Throws `ERR_NOT_FOUND`, or another `PipedreamError`.
   */
  download(s3Key: string, options?: CallOptions): Promise<StashedFile>
}

export function createFileStash(config: ClientConfig, callStreaming: CallStreaming): FileStash {
  const path = ['v1', 'connect', config.projectId, 'file_stash', 'download']
  return {
    async download(s3Key, options) {
      checkRequired('s3Key', s3Key)
      const url = buildUrl(config.baseUrl, path, { s3_key: s3Key })
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

/** The file itself, or the link to it. */
function receiveFile(reading: Reading, baseUrl: string): Receive<StreamedResponse | URL> {
  return async (response, { request }) => {
    const { status, headers } = response
    if (status >= 200 && status < 300) return streamResponse(response, reading)
    const { url } = request
    const link =
      [301, 302, 303, 307, 308].includes(status) && readLink(headers.get('location'), url)
    const body = await response.text()
    return link && mayFollow(link, baseUrl) ? link : responseError(request, response, body)
  }
}

function readLink(location: string | null, base: string): URL | undefined {
  return location && URL.canParse(location, base) ? new URL(location, base) : undefined
}

// Plain http only where the API itself is spoken to in plain http, as an emulator is.
function mayFollow({ protocol, username, password }: URL, baseUrl: string): boolean {
  const isSafe = protocol === 'https:' || (protocol === 'http:' && baseUrl.startsWith('http:'))
  return isSafe && `${username}${password}` === ''
}

function followLink(link: URL, reading: Reading): HttpCall<StreamedResponse> {
  return {
    url: link.href,
    target: targetOf('GET', link.href),
    // Neither the access token nor anything else of ours: the link alone opens the file.
    headers: { accept: '*/*' },
    repeatable: true,
    refusal: REFUSAL,
    secrets: [],
    receive: async (response, { request }) => {
      const { status } = response
      if (status >= 200 && status < 300) return streamResponse(response, reading)
      await response.text()
      const code = status === 404 ? 'ERR_NOT_FOUND' : 'ERR_UPSTREAM'
      return new PipedreamError(REFUSAL, { code, status, target: request.target })
    },
  }
}

const REFUSAL =
  'The store to which Pipedream pointed did not give out the file. Ask again: such links live for half an hour, files for a day.'

function describe(s3Key: string, file: StreamedResponse): StashedFile {
  const { headers, body } = file
  const length = headers.get('content-length')
  // The length of what was sent, which is not that of the file when it was compressed on the way.
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
