import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const WEB = join(ROOT, 'apps/web')
const VITE = join(WEB, 'node_modules/vite/bin/vite.js')
// Contains the hash of the sources that `dist` was built from. Other ways to build do not write it.
const STAMP = join(WEB, 'dist/.built-from')
const SOURCES = [
  'apps/web/{build,public,src}/**',
  'apps/web/{index.html,package.json,vite.config.ts}',
  'apps/api/schema.graphql',
  'packages/pipedream-client/src/**',
  'pnpm-lock.yaml',
]

/**
 * Builds the web app, unless `dist` is up to date. It does not use turbo: 44 MB that `start` needs for nothing else.
 * @param stop aborts a running build
 * @returns false if the build was stopped or failed; Vite has then printed the reason
 */
export async function buildWeb(stop: AbortSignal): Promise<boolean> {
  const sources = hashSources()
  if (sources === readStamp()) return true
  console.log('Building the web app (a few seconds, only after changes) ...')
  const build = spawn(process.execPath, [VITE, 'build', '--logLevel=warn'], {
    cwd: WEB,
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stop,
  })
  // Aborting emits 'error' instead of 'exit'.
  const code = await new Promise((done) => build.once('exit', done).once('error', done))
  if (code !== 0) return false
  writeFileSync(STAMP, sources)
  return true
}

function hashSources(): string {
  const hash = createHash('sha256')
  for (const path of globSync(SOURCES, { cwd: ROOT }).toSorted()) {
    if (statSync(join(ROOT, path)).isFile())
      hash.update(path).update(readFileSync(join(ROOT, path)))
  }
  return hash.digest('hex')
}

function readStamp(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8')
  } catch {
    return undefined
  }
}
