#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Inferred, readInferred } from './inferred.ts'
import { listen } from './server/listen.ts'
import { readSeed } from './state/read-seed.ts'
import type { Seed } from './state/seed.ts'

const HELP = `Usage: pipedream-emulator [--port 4010] [--host 0.0.0.0] [--seed seed.json] [--state .data/emulator]

Starts a local stand-in for Pipedream Connect: the API and the hosted connect page.

  --port <number>   where to listen; 0 takes any free port (default 4010)
  --host <address>  address to listen on; in a container 0.0.0.0, so that a published port reaches it (default localhost)
  --public-url <url>
                    where browsers reach it, when that is another address, such as https://tunnel.example
  --allow-host <name>
                    answers requests by this host name too, and with --host by no other; may be repeated
  --seed <file>     JSON to start with, and to go back to by POST /__emulator/reset, such as
                    {"accounts":[{"externalUserId":"ada","app":"slack","environment":"development"}]}
  --state <folder>  keeps tokens and accounts there across restarts; what it holds goes before the seed
  --tls             HTTPS, with a certificate for localhost that is made anew at each start
  --no-control      switches /__emulator/... off, where tests set faults and read logs
  --inferred <name>=<value>
                    does otherwise where Pipedream documents nothing, such as missingScope=404; may be repeated
  --no-limits       as many requests, and as many development users, as anybody likes
  --help            show this text
`

const UNLIMITED = { rateLimits: false, developmentUserLimit: Number.POSITIVE_INFINITY }

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'public-url': { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      seed: { type: 'string' },
      state: { type: 'string' },
      tls: { type: 'boolean' },
      'no-control': { type: 'boolean' },
      inferred: { type: 'string', multiple: true },
      'no-limits': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    process.stdout.write(HELP)
    return
  }
  const { state } = values
  const { url, emulator, close } = await listen({
    port: readPort(values.port ?? '4010'),
    control: values['no-control'] !== true,
    tls: values.tls === true,
    inferred: readPairs(values.inferred ?? []),
    ...readPlace(values),
    ...(values['no-limits'] === true ? UNLIMITED : {}),
    ...(values.seed === undefined ? {} : { seed: await readSeedFile(values.seed) }),
    ...(state === undefined ? {} : { state }),
  })
  // Before the output says that it runs. Both signals may come more than once: npx passes Ctrl-C on to a program that the
  // terminal tells as well.
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
  const { clientId, clientSecret, projectId } = emulator.credentials
  process.stdout.write(
    `The Pipedream emulator listens on ${url}\n` +
      `  client id      ${clientId}\n  client secret  ${clientSecret}\n  project id     ${projectId}\n` +
      'Give these to your program, with this address as the base URL: open it in a browser to copy them.\n' +
      (state === undefined
        ? 'Ctrl-C stops it, and it forgets everything.\n'
        : `Ctrl-C stops it. What it knows is kept in ${state}.\n`),
  )
  await askedToStop
  await close()
  // Node restores the default action of signals while it ends by itself; an explicit exit does not.
  process.exit()
}

interface Place {
  host?: string | undefined
  'public-url'?: string | undefined
  'allow-host'?: string[] | undefined
}

function readPlace({ host, 'public-url': publicUrl, 'allow-host': allowedHosts }: Place) {
  if (host?.trim() === '') throw new Error('--host takes an address, such as 0.0.0.0.')
  return {
    ...(host === undefined ? {} : { host: host.replace(/^\[(.*)\]$/, '$1') }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  }
}

function readPairs(pairs: readonly string[]): Inferred {
  const named = pairs.map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2)
    return [name, value] as const
  })
  return readInferred(Object.fromEntries(named))
}

async function readSeedFile(file: string): Promise<Seed> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`--seed names ${file}, which cannot be read.`, { cause })
  })
  return readSeed(text)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${text}".`)
  }
  return port
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
