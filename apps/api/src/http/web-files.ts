import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { lookup } from 'mrmime'
import type { DemoSignIn } from '../config/demo-settings.ts'
import { isWebAppPath } from './routes.ts'
import { sharedBody } from './shared-body.ts'

interface WebFile {
  type: string
  etag: string
  plain: Uint8Array<ArrayBuffer>
  zipped: Uint8Array<ArrayBuffer>
}

/** The built web app, in memory: about twelve files. */
export type WebFiles = ReadonlyMap<string, WebFile>

/** Settings that the page needs. */
export interface PageSettings {
  /** The base path of the page, its files and its requests; empty at the root of the origin. */
  basePath: string
  /** What the sign-in page offers. */
  signIn: DemoSignIn
  /** The demo user offered first. */
  testUserId: string
  /** Slugs of the apps that have a button of their own. */
  quickApps: readonly string[]
}

/** Reads the built web app from its folder, and inserts the settings into its page. */
export async function readWebFiles(folder: string, settings: PageSettings): Promise<WebFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths.map(async (path) => {
      const content = await readFile(path)
      const isPage = path.endsWith('.html')
      const plain = isPage ? withSettings(content.toString(), settings) : content
      return [urlPath(folder, path), await webFileOf(path, new Uint8Array(plain))] as const
    }),
  )
  return new Map(files)
}

function urlPath(folder: string, path: string): string {
  return path.slice(folder.length).replaceAll('\\', '/')
}

function withSettings(page: string, settings: PageSettings): Uint8Array {
  // The build refers to its files relative to the page, but the page is served at addresses of any depth.
  const based = page.replace(/(?<= (?:href|src)=")\.(?=\/)/g, settings.basePath)
  const values = {
    'base-path': settings.basePath,
    'sign-in': settings.signIn,
    'test-user-id': settings.testUserId,
    'quick-apps': settings.quickApps.join(','),
  }
  const whole = Object.entries(values).reduce(
    (page, [name, value]) => withSetting(page, name, value),
    based,
  )
  return new TextEncoder().encode(whole)
}

function withSetting(page: string, name: string, value: string): string {
  const safe = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const tag = new RegExp(`(<meta name="${name}" content=")[^"]*`)
  return page.replace(tag, (_match, before: string) => before + safe)
}

async function webFileOf(path: string, plain: Uint8Array<ArrayBuffer>): Promise<WebFile> {
  return {
    type: lookup(path) ?? 'application/octet-stream',
    // Weak, because the plain and the compressed form share it.
    etag: `W/"${createHash('sha256').update(plain).digest('base64url')}"`,
    plain,
    zipped: new Uint8Array(await promisify(gzip)(plain)),
  }
}

/**
 * Returns a file of the web app, or, with `mayBePage`, its page for any path that its router may know; undefined if there
 * is neither.
 */
export function webFile(
  request: Request,
  { path, mayBePage }: { path: string; mayBePage: boolean },
  files: WebFiles,
): Response | undefined {
  const page = mayBePage && isWebAppPath(path) ? files.get('/index.html') : undefined
  const file = files.get(path) ?? page
  return file && respond(request, file, path)
}

function respond(request: Request, file: WebFile, path: string): Response {
  // Vite names the files in /assets after their content, so they never change.
  const cacheControl = path.startsWith('/assets/')
    ? 'public, max-age=31536000, immutable'
    : 'no-cache'
  const headers = { 'cache-control': cacheControl, etag: file.etag, vary: 'accept-encoding' }
  if (request.headers.get('if-none-match') === file.etag) {
    return new Response(null, { status: 304, headers })
  }
  const zip = request.headers.get('accept-encoding')?.includes('gzip') ?? false
  const bytes = zip ? file.zipped : file.plain
  return new Response(sharedBody(bytes), {
    headers: {
      ...headers,
      'content-type': file.type,
      'content-length': String(bytes.byteLength),
      ...(zip && { 'content-encoding': 'gzip' }),
    },
  })
}
