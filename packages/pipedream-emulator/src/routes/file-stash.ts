import type { Context, Hono } from 'hono'
import { requireAccess } from '../server/access.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { presignFile, type StashedFile } from '../components/stash-file.ts'

/** The pattern that Pipedream publishes. */
const S3_KEY = /^1day\/[^/]+\/[^/]+\/[^/]+\/u\/.*$/

/** The file stash: GET .../file_stash/download with a token, and the URL that a run of an action returned. */
export function routeFileStash(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/file_stash/download'), (c) => {
    const access = requireAccess(c, context, 'connect:*')
    const file = findFile(c, context)
    const mine =
      file !== undefined &&
      file.projectId === access.projectId &&
      file.environment === access.environment &&
      (access.externalUserId ?? file.externalUserId) === file.externalUserId
    if (!mine) throw recordNotFound()
    return context.inferred.fileDownload === 'redirect'
      ? c.redirect(presignFile(context, file), 302)
      : send(c, file)
  })

  app.get('/_static/file-stash', (c) => {
    const file = findFile(c, context)
    const open =
      file !== undefined &&
      file.urlToken === c.req.query('token') &&
      file.urlExpiresAt > context.clock.now()
    if (!open) {
      throw wireError(403, 'This URL has expired. Download the file with a token instead.')
    }
    return send(c, file)
  })
}

function findFile(c: Context, context: EmulatorContext): StashedFile | undefined {
  const key = c.req.query('s3_key') ?? ''
  if (!S3_KEY.test(key)) {
    throw wireError(400, 's3_key must be 1day/<project>/<external user>/<stash>/u/<name>.')
  }
  const file = context.store.stashedFiles.get(key)
  return file !== undefined && file.expiresAt > context.clock.now() ? file : undefined
}

// The file is not trusted, so the browser must download it and run nothing in it.
function send(c: Context, { bytes }: StashedFile): Response {
  return c.body(Buffer.from(bytes, 'base64'), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
}
