import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { listAllowedHosts, readHostName } from './allowed-hosts.ts'
import { addressOf, bind, closeServer } from './bind.ts'
import { createControl } from './control.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../create-emulator.ts'
import { findEndpointKey } from './endpoint-host.ts'
import { readInferred } from '../inferred.ts'
import { readLinkOrigin } from './link-origin.ts'
import { createRequestListener } from './request-listener.ts'
import { createSelfSignedCertificate, type KeyAndCertificate } from './self-signed-certificate.ts'
import { openStateFolder, type StateFolder } from '../state/state-folder.ts'

/** Options of `listen`, in addition to those of `createEmulator`. All are optional. */
export interface ListenOptions extends EmulatorOptions {
  /** TCP port; 0 chooses a free one. Default 4010. */
  port?: number
  /**
   * Address or name to listen on; `0.0.0.0` or `::` for every address, as in a container. Default `localhost`: the
   * loopback addresses of IPv4 and, where available, IPv6. On loopback the emulator responds with 421 unless the Host
   * header is localhost, 127.0.0.1, [::1], this host, the host of `publicUrl` or one of `allowedHosts`. Elsewhere it
   * accepts any Host header, unless `allowedHosts` is given. `listen` rejects when the machine does not have the
   * address.
   */
  host?: string
  /**
   * Further host names that requests may use, without scheme and port, such as the name `emulator` of a container.
   * Default: none on loopback, any name elsewhere. `listen` rejects with a TypeError for an invalid name.
   */
  allowedHosts?: readonly string[]
  /**
   * Folder that keeps tokens, accounts and the project across restarts, in a JSON file that contains whatever was typed
   * in. The folder is created when missing. Its state takes precedence over `seed`. `listen` rejects with a
   * `StateInUseError` while another emulator uses the folder, which Node.js 22.13 and newer detect. Default: nothing is
   * written.
   */
  state?: string
  /**
   * Enables the control routes under `/__emulator/`. They only serve programs on this machine that use a local host
   * name, and no website. Default true.
   */
  control?: boolean
  /**
   * Serves HTTPS, for clients that accept nothing else. True: with a new self-signed certificate for localhost, which
   * clients must be told to trust. Or a key and a certificate of your own. Default false: HTTP.
   */
  tls?: boolean | KeyAndCertificate
}

/** An emulator on a port. */
export interface ListeningEmulator {
  /** The base URL of the emulator, without a trailing slash. */
  url: string
  /** The emulator itself, to seed it, inject faults and read its logs. */
  emulator: Emulator
  /** The certificate (PEM) that clients must trust; null without `tls`. */
  certificate: string | null
  /** Stops listening and closes open connections. May be called more than once. */
  close: () => Promise<void>
}

export {
  createSelfSignedCertificate,
  type KeyAndCertificate,
  type SelfSignedOptions,
} from './self-signed-certificate.ts'
export { StateInUseError } from '../state/state-lock.ts'

const DEFAULT_PORT = 4010

/**
 * Starts an emulator on a port. Its `publicUrl` defaults to the URL that it listens on. Rejects with an explanation
 * when the port is taken.
 */
export async function listen(options: ListenOptions = {}): Promise<ListeningEmulator> {
  const {
    port = DEFAULT_PORT,
    host = 'localhost',
    allowedHosts: names,
    state,
    control = true,
    tls = false,
    ...rest
  } = options
  const moreHosts = names?.map(readHostName)
  const secure = tls === true ? createSelfSignedCertificate() : tls || null
  const newServer = () => (secure === null ? createServer() : createTlsServer({ ...secure }))
  const bound = await bind({ host, port, newServer })
  const url = `${secure === null ? 'http' : 'https'}://${readableHost(host)}:${bound.port}`
  const publicUrl = rest.publicUrl ?? url
  const { emulator, folder } = await create({ ...rest, publicUrl }, state).catch(
    async (error: unknown) => {
      await Promise.all(bound.servers.map(closeServer))
      throw error
    },
  )
  const addresses = bound.servers.map(addressOf)
  const linkOrigin = readLinkOrigin(publicUrl, readInferred({ ...rest.inferred }))
  const allowedHosts = listAllowedHosts({ addresses, url, publicUrl, linkOrigin, moreHosts })
  const listener = createRequestListener(savingState(emulator.fetch, { folder, publicUrl }), {
    origin: url,
    publicUrl,
    allowedHosts,
    control: control ? savingState(createControl(emulator), { folder, publicUrl }).fetch : null,
  })
  for (const server of bound.servers) server.on('request', listener)
  return {
    url,
    emulator,
    certificate: secure?.cert ?? null,
    close: async () => {
      await Promise.all(bound.servers.map(closeServer))
      await folder?.close()
    },
  }
}

interface Created {
  emulator: Emulator
  folder: StateFolder | null
}

async function create(options: EmulatorOptions, state: string | undefined): Promise<Created> {
  const emulator = createEmulator(options)
  const folder = state === undefined ? null : await openStateFolder(state, emulator.state)
  return { emulator, folder }
}

/** Wraps `fetch` so that a response is sent only after the state that the request changed is on disk. */
function savingState(
  handle: Emulator['fetch'],
  { folder, publicUrl }: { folder: StateFolder | null; publicUrl: string },
): { fetch: Emulator['fetch'] } {
  if (folder === null) return { fetch: handle }
  return {
    async fetch(request) {
      const response = await handle(request)
      if (mayChange(request, publicUrl)) await folder.save()
      return response
    },
  }
}

// Opening the pop-up and returning from the provider are GET requests, as for every provider. HTTP triggers emit for
// every method.
function mayChange({ method, url }: Request, publicUrl: string): boolean {
  const { hostname, pathname } = new URL(url)
  return (
    !/^(GET|HEAD|OPTIONS)$/.test(method) ||
    pathname.startsWith('/_static/oauth/') ||
    findEndpointKey(hostname, publicUrl) !== null
  )
}

// Browsers cannot open the unspecified address.
function readableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
