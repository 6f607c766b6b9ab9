import type { Pipedream } from '@pipedream/sdk'
import { answerSoundly } from '../answer-soundly.ts'
import { all, type Case, pair } from '../case.ts'
import type { Answer } from '../recorder.ts'

const s3Key = '1day/proj_AbC123/exu_1/stash_1/u/a b+ü.csv'

/** The file stash. */
export const fileCases: readonly Case[] = [
  pair('fileStash.downloadFile', 'fileStash.download', {
    'all options': {
      official: ({ fileStash }) =>
        fileStash.downloadFile(all<Pipedream.FileStashDownloadFileRequest>({ s3Key })),
      ours: ({ fileStash }) => fileStash.download(s3Key),
    },
    'a file that lies elsewhere': {
      official: ({ fileStash }) => fileStash.downloadFile({ s3Key }),
      ours: ({ fileStash }) => fileStash.download(s3Key),
      answer: pointElsewhere,
      differs: {
        because:
          'The link alone opens the file: the host that stores it is told nothing of ours, neither the environment nor the runtime.',
        facts: { 'headers.x-pd-environment': { official: 'development' } },
      },
    },
  }),
]

/** Sends downloads to another origin, which is the same server under its other name. */
function pointElsewhere(): Answer {
  return (request) => {
    if (!request.url.pathname.endsWith('/download')) return answerSoundly(request)
    const location = `http://localhost:${request.url.port}/presigned?signature=s%2B1`
    return new Response(null, { status: 302, headers: { location } })
  }
}
