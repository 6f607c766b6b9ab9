// Installs the packed tarball into an empty folder and opens its doors there: only what was packed can be loaded.
import { execFileSync } from 'node:child_process'
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
  open(
    [],
    `import { createPipedreamClient, PipedreamError } from 'pipedream-client/server'
     import { connectAccount } from 'pipedream-client/browser'
     import { createNodeTransport } from 'pipedream-client/node'
     if (typeof createPipedreamClient !== 'function') throw new Error('The server door is shut.')
     if (typeof connectAccount !== 'function') throw new Error('The browser door is shut.')
     if (typeof createNodeTransport !== 'function') throw new Error('The node door is shut.')
     try {
       createNodeTransport({ maxSockets: 0 })
     } catch (error) {
       if (!(error instanceof PipedreamError)) throw new Error('Each door has errors of its own.')
     }`,
  )
  open(
    ['--conditions=browser'],
    `const opened = await import('pipedream-client/server').catch(() => undefined)
     if (opened !== undefined) throw new Error('A browser can open the server door.')`,
  )
  execFileSync(process.execPath, [join(installed, 'dist', 'cli.js'), '--version'])
  const reactDoor = readFileSync(join(installed, 'dist', 'react.js'), 'utf8')
  if (!/^['"]use client['"]/.test(reactDoor)) throw new Error("The React door lost 'use client'.")
  // Last, so that the other doors have opened without React.
  const react = dirname(fileURLToPath(import.meta.resolve('react')))
  symlinkSync(react, join(folder, 'node_modules', 'react'), 'junction')
  open(
    [],
    `import { ConnectButton, ConnectProvider, useConnectAccount } from 'pipedream-client/react'
     if (!ConnectButton || !ConnectProvider || !useConnectAccount) throw new Error('The React door is shut.')`,
  )
  console.log('The packed doors open, and the server door stays shut in a browser.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function open(flags: string[], source: string): void {
  const script = join(folder, 'open.mjs')
  writeFileSync(script, source)
  execFileSync(process.execPath, [...flags, script], { stdio: 'inherit' })
}
