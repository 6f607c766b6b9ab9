#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Inferred, readInferred } from './inferred.ts'
import { listen } from './server/listen.ts'
import { readSeed } from './state/read-seed.ts'
import type { Seed } from './state/seed.ts'

const HELP = `Usage: pipedream-emulator [--port 4010] [--host 0.0.0.0] [--seed seed.json] [--state .data/emulator]

Starts a local stand-in for Pipedream Connect: the API and the hosted connect page.

  --port <number>   port to listen on; 0 chooses a free one (default 4010)
  --host <address>  address to listen on; in a container 0.0.0.0, so that a published port reaches it (default localhost)
  --public-url <url>
                    where browsers reach the emulator, if not there, such as https://tunnel.example
  --allow-host <name>
                    accept this host name too, and with --host only the names given; repeatable
  --seed <file>     initial data as JSON, which POST /__emulator/reset restores, such as
                    {"accounts":[{"externalUserId":"ada","app":"slack","environment":"development"}]}
  --state <folder>  keep tokens and accounts there across restarts; takes precedence over the seed
  --tls             serve HTTPS, with a new certificate for localhost at each start
  --no-control      disable the /__emulator/... routes, which set faults and return logs
  --inferred <name>=<value>
                    change behavior that Pipedream does not document, such as missingScope=404; repeatable
  --no-limits       no rate limits and no limit of development users
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
  // Installed before the output says that the emulator is ready. A signal may arrive twice: npx forwards Ctrl-C to a
  // program that the terminal signals as well.
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
  const { clientId, clientSecret, projectId } = emulator.credentials
  process.stdout.write(
    `Pipedream emulator listening on ${url}\n` +
      `  client id      ${clientId}\n  client secret  ${clientSecret}\n  project id     ${projectId}\n` +
      'Use these in your program, with this URL as the base URL. Open it in a browser to copy them.\n' +
      (state === undefined
        ? 'Press Ctrl-C to stop. All data is lost then.\n'
        : `Press Ctrl-C to stop. The state is kept in ${state}.\n`),
  )
  await askedToStop
  await close()
  // Node.js restores the default action of signals during its own shutdown, so a late signal would end the process as a
  // failure. An explicit exit does not.
  process.exit()
}

interface Place {
  host?: string | undefined
  'public-url'?: string | undefined
  'allow-host'?: string[] | undefined
}

function readPlace({ host, 'public-url': publicUrl, 'allow-host': allowedHosts }: Place) {
  if (host?.trim() === '') throw new Error('--host requires an address, such as 0.0.0.0.')
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
    throw new Error(`Cannot read the seed file ${file}.`, { cause })
  })
  return readSeed(text)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${text}".`)
  }
  return port
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
