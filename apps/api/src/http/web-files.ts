import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { lookup } from 'mrmime'
import type { DemoSignIn } from '../config/demo-settings.ts'
import { isWebAppPath } from './routes.ts'
import type { Reply } from './reply.ts'

/** A file in memory, plain and compressed. */
export interface WebFile {
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
      return [
        urlPath(folder, path),
        await createWebFile(typeOf(path), new Uint8Array(plain)),
      ] as const
    }),
  )
  return new Map(files)
}

function typeOf(path: string): string {
  return lookup(path) ?? 'application/octet-stream'
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

/**
 * Returns a file of the web app, or, with `mayBePage`, its page for any path that its router may know; undefined if there
 * is neither.
 */
export function webFile(
  request: Request,
  { path, mayBePage }: { path: string; mayBePage: boolean },
  files: WebFiles,
): Reply | undefined {
  const page = mayBePage && isWebAppPath(path) ? files.get('/index.html') : undefined
  const file = files.get(path) ?? page
  if (!file) return undefined
  return sendFile(request, file, {
    // Vite names the files in /assets after their content, so they never change.
    'cache-control': path.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
  })
}

/** Sends a file that the client does not have yet, compressed if the client accepts that. */
export function sendFile(
  { headers: asked }: Request,
  { type, etag, plain, zipped }: WebFile,
  cacheHeaders: Readonly<Record<string, string>>,
): Reply {
  const headers = { ...cacheHeaders, etag, vary: 'accept-encoding' }
  if (asked.get('if-none-match') === etag) return { status: 304, headers, body: null }
  const zip = asked.get('accept-encoding')?.includes('gzip') ?? false
  const body = zip ? zipped : plain
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': type,
      'content-length': String(body.byteLength),
      ...(zip && { 'content-encoding': 'gzip' }),
    },
    body,
  }
}

/** Compresses a file once, for all requests. */
export async function createWebFile(
  type: string,
  plain: Uint8Array<ArrayBuffer>,
): Promise<WebFile> {
  return {
    type,
    // Weak, because the plain and the compressed form share it.
    etag: `W/"${createHash('sha256').update(plain).digest('base64url')}"`,
    plain,
    zipped: new Uint8Array(await promisify(gzip)(plain)),
  }
}
