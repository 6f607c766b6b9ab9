import type { Pipedream } from '@pipedream/sdk'
import { respondNormally } from '../respond-normally.ts'
import { all, type Case, pair } from '../case.ts'
import type { Respond } from '../recorder.ts'

const s3Key = '1day/proj_AbC123/exu_1/stash_1/u/a b+ü.csv'

/** The file stash. */
export const fileCases: readonly Case[] = [
  pair('fileStash.downloadFile', 'fileStash.download', {
    'all options': {
      official: ({ fileStash }) =>
        fileStash.downloadFile(all<Pipedream.FileStashDownloadFileRequest>({ s3Key })),
      ours: ({ fileStash }) => fileStash.download(s3Key),
    },
    'a file on another host': {
      official: ({ fileStash }) => fileStash.downloadFile({ s3Key }),
      ours: ({ fileStash }) => fileStash.download(s3Key),
      respond: pointElsewhere,
      differs: {
        because: 'The link alone opens the file: the storage host receives no headers of ours.',
        facts: { 'headers.x-pd-environment': { official: 'development' } },
      },
    },
  }),
]

/** Redirects downloads to another origin: the same server under another host name. */
function pointElsewhere(): Respond {
  return (request) => {
    if (!request.url.pathname.endsWith('/download')) return respondNormally(request)
    const location = `http://localhost:${request.url.port}/presigned?signature=s%2B1`
    return new Response(null, { status: 302, headers: { location } })
  }
}
