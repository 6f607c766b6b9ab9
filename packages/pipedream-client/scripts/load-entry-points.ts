// Unpacks the packed tarball into an empty folder and loads its entry points there: only packed files can be loaded.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [, , tarball = '.reports/package.tgz'] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'pipedream-client-'))
try {
  const installed = join(folder, 'node_modules', 'pipedream-client')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed])
  run(
    [],
    `import { createPipedreamClient, PipedreamError } from 'pipedream-client/server'
     import { connectAccount } from 'pipedream-client/browser'
     import { createNodeTransport } from 'pipedream-client/node'
     if (typeof createPipedreamClient !== 'function') throw new Error('The server entry point does not load.')
     if (typeof connectAccount !== 'function') throw new Error('The browser entry point does not load.')
     if (typeof createNodeTransport !== 'function') throw new Error('The node entry point does not load.')
     try {
       createNodeTransport({ maxSockets: 0 })
     } catch (error) {
       if (!(error instanceof PipedreamError)) throw new Error('The entry points do not share error classes.')
     }
     const init = { method: 'GET', headers: {}, redirect: 'manual', signal: new AbortController().signal }
     const missing = await createNodeTransport({ env: {} })('http://localhost', init).catch((error) => error)
     if (!/npm install undici/.test(missing.message)) throw new Error('A missing undici is not reported.', { cause: missing })`,
  )
  run(
    ['--conditions=browser'],
    `const loaded = await import('pipedream-client/server').catch(() => undefined)
     if (loaded !== undefined) throw new Error('A browser can load the server entry point.')`,
  )
  // Only a proxy needs undici, which is not installed here.
  expectFromCli({}, /refused the connection/)
  expectFromCli({ HTTP_PROXY: 'http://127.0.0.1:1' }, /npm install undici/)
  const reactEntry = readFileSync(join(installed, 'dist', 'react.js'), 'utf8')
  if (!/^['"]use client['"]/.test(reactEntry)) {
    throw new Error("The React entry point lost its 'use client' directive.")
  }
  // React is linked last: the other entry points must load without it.
  const react = dirname(fileURLToPath(import.meta.resolve('react')))
  symlinkSync(react, join(folder, 'node_modules', 'react'), 'junction')
  run(
    [],
    `import { ConnectButton, ConnectProvider, useConnectAccount } from 'pipedream-client/react'
     if (!ConnectButton || !ConnectProvider || !useConnectAccount) throw new Error('The React entry point does not load.')`,
  )
  console.log('All packed entry points load; the server entry point refuses to load in a browser.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Runs the program for an address where no server listens. */
function expectFromCli(proxy: Record<string, string>, message: RegExp): void {
  const env = {
    ...proxy,
    PIPEDREAM_CLIENT_ID: 'client',
    PIPEDREAM_CLIENT_SECRET: 'secret',
    PIPEDREAM_PROJECT_ID: 'proj_1',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: 'http://127.0.0.1:65535',
  }
  const args = [join(folder, 'node_modules/pipedream-client/dist/cli.js'), 'tokens']
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
  if (!message.test(stderr)) throw new Error(`The program printed: ${stderr}`)
}

function run(flags: string[], source: string): void {
  const script = join(folder, 'run.mjs')
  writeFileSync(script, source)
  execFileSync(process.execPath, [...flags, script], { stdio: 'inherit' })
}
