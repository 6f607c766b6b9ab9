import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { FetchInit, FetchResponse } from '../http/fetch-like.ts'
import { createNodeTransport, type NodeTransport } from '../node/create-node-transport.ts'
import { parseEnvFile } from '../node/parse-env-file.ts'
import type { CliIo } from './cli-io.ts'
import { createSettings, FILE, PROXY_SETTINGS } from './read-settings.ts'
import { run } from './run.ts'

export interface ProcessOptions extends Pick<CliIo, 'program' | 'standIn' | 'inspect'> {
  /** The package.json of the client. */
  manifest: URL
}

/** Runs the program in this process and in the current folder, and sets the exit code. */
export async function runProcess(options: ProcessOptions): Promise<void> {
  const { manifest, ...host } = options
  let transport: NodeTransport | undefined
  let bytes: Uint8Array | undefined
  // The platform's `fetch` does not use HTTPS_PROXY, which may be set in `.env.local`; the transport does, but needs undici.
  // Created on demand, so that an invalid proxy is reported as a failed call. The file is not read again, because it may have
  // changed since it was checked.
  const send = async (url: string, init: FetchInit): Promise<FetchResponse> => {
    const settings = createSettings(process.env, bytes && parseEnvFile(bytes, FILE))
    if (!settings.isProxied) return fetch(url, init)
    transport ??= createNodeTransport({
      env: Object.fromEntries(PROXY_SETTINGS.map((name) => [name, settings.get(name)])),
    })
    return transport(url, init)
  }
  // The reader of a pipe may close it early, as `head` does.
  process.stdout.on('error', ignoreClosedPipe)
  process.stderr.on('error', ignoreClosedPipe)
  // Not process.exit, which would truncate output to a pipe.
  process.exitCode = await run({
    ...host,
    args: process.argv.slice(2),
    env: process.env,
    readFile: async (name) => (bytes = await readIfThere(name)),
    fetch: send,
    git,
    write: (stream, text) => process[stream].write(text),
    now: () => new Date(),
    version: readVersion(manifest),
  })
  transport?.close()
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error && error.code === 'EPIPE')) throw error
}

async function readIfThere(name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

// `core.fsmonitor` names a program that git would run, and the current folder may be a stranger's.
function git(args: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      { timeout: 5000, windowsHide: true },
      (error) => {
        if (error === null) resolve(0)
        else resolve(typeof error.code === 'number' ? error.code : undefined)
      },
    )
  })
}

function readVersion(file: URL): string {
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
