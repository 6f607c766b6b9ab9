#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { CliIo } from './lib/cli/cli-io.ts'
import { run } from './lib/cli/run.ts'
import type { FetchInit, FetchResponse } from './lib/http/send-once.ts'
import { createNodeTransport, type NodeTransport } from './lib/node/create-node-transport.ts'

let transport: NodeTransport | undefined
const io: CliIo = {
  args: process.argv.slice(2),
  env: process.env,
  readFile: readIfThere,
  fetch: sendThroughProxies,
  write: (stream, text) => process[stream].write(text),
  now: () => new Date(),
  version: readVersion(),
}

// Whoever reads it may have seen enough, as `head` has.
process.stdout.on('error', ignoreClosedPipe)
process.stderr.on('error', ignoreClosedPipe)

// Not process.exit: what is still on its way into a pipe would be cut off.
process.exitCode = await run(io)
transport?.close()

// Unlike the platform's own `fetch` it goes through HTTPS_PROXY. Made when it is needed: a wrong proxy is told as a failed call.
async function sendThroughProxies(url: string, init: FetchInit): Promise<FetchResponse> {
  transport ??= createNodeTransport()
  return transport(url, init)
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

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
