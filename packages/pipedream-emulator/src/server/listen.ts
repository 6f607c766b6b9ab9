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

export interface ListenOptions extends EmulatorOptions {
  /** TCP port. Default 4010; 0 takes any free one. */
  port?: number
  /**
   * Address or name to listen on; `0.0.0.0` or `::` for every address, as in a container. Default `localhost`: loopback
   * by IPv4, and by IPv6 where the machine has it. On loopback a request is answered with 421 unless its Host is
   * localhost, 127.0.0.1, [::1], this, `publicUrl`'s, or one of `allowedHosts`; elsewhere any Host will do, unless
   * `allowedHosts` is given. Rejects with a sentence when the machine has no such address.
   */
  host?: string
  /**
   * Further host names by which a request may call the emulator, without scheme and port, such as the name `emulator` of
   * a container. Default: none on loopback, and any name elsewhere. Throws a TypeError on what is no host name.
   */
  allowedHosts?: readonly string[]
  /**
   * Folder to keep tokens, accounts and the project in across restarts, as one file of JSON that holds whatever was typed
   * in. It is made when it is missing; what it holds goes before `seed`. Rejects with a `StateInUseError` while another
   * emulator has the folder, which Node 22.13 and newer notice. Default: nothing is written.
   */
  state?: string
  /**
   * Whether `/__emulator/...` takes orders. It does so from programs of this machine alone, by a name of this machine, and
   * from no website. Default true.
   */
  control?: boolean
  /**
   * HTTPS, for clients that take nothing else. True: with a certificate for localhost that is made anew and that nobody
   * trusts unasked; or a key and a certificate of your own. Default false: HTTP.
   */
  tls?: boolean | KeyAndCertificate
}

export interface ListeningEmulator {
  /** Where it listens, without a slash at the end. */
  url: string
  emulator: Emulator
  /** The certificate as PEM text, for a client to trust; null without `tls`. */
  certificate: string | null
  /** Stops listening and drops what is open. May be called more than once. */
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
 * Starts an emulator on a port; its `publicUrl` is the bound address unless one is given. Rejects with a sentence that
 * names the port when the port is taken.
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
  const listener = createRequestListener(keeping(emulator.fetch, { folder, publicUrl }), {
    origin: url,
    publicUrl,
    allowedHosts,
    control: control ? keeping(createControl(emulator), { folder, publicUrl }).fetch : null,
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

/** The same `fetch`, but nobody gets an answer before what it changed is written down. */
function keeping(
  answer: Emulator['fetch'],
  { folder, publicUrl }: { folder: StateFolder | null; publicUrl: string },
): { fetch: Emulator['fetch'] } {
  if (folder === null) return { fetch: answer }
  return {
    async fetch(request) {
      const response = await answer(request)
      if (mayChange(request, publicUrl)) await folder.save()
      return response
    },
  }
}

// Opening the pop-up and coming back from the provider are GETs, as they are for every provider; an HTTP trigger emits for
// every method.
function mayChange({ method, url }: Request, publicUrl: string): boolean {
  const { hostname, pathname } = new URL(url)
  return (
    !/^(GET|HEAD|OPTIONS)$/.test(method) ||
    pathname.startsWith('/_static/oauth/') ||
    findEndpointKey(hostname, publicUrl) !== null
  )
}

// "Every address" is no address that a browser can go to.
function readableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
