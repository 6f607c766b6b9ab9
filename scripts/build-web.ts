import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const WEB = join(ROOT, 'apps/web')
const VITE = join(WEB, 'node_modules/vite/bin/vite.js')
// Says of which sources `dist` was built; a build by another way leaves none.
const STAMP = join(WEB, 'dist/.built-from')
const SOURCES = [
  'apps/web/{build,public,src}/**',
  'apps/web/{index.html,package.json,vite.config.ts}',
  'apps/api/schema.graphql',
  'packages/pipedream-client/src/**',
  'pnpm-lock.yaml',
]

/**
 * Builds the web app, unless `dist` was built from the sources as they are. Without turbo, which is 44 MB that `start`
 * needs for nothing else.
 * @param stop ends a build that is under way
 * @returns false when the build failed, of which Vite has printed the reason, or was stopped
 */
export async function buildWeb(stop: AbortSignal): Promise<boolean> {
  const sources = hashSources()
  if (sources === readStamp()) return true
  console.log('Building the web app (some seconds, only when it has changed) ...')
  const build = spawn(process.execPath, [VITE, 'build', '--logLevel=warn'], {
    cwd: WEB,
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stop,
  })
  // 'error' as well: it comes when `stop` ends the build.
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
