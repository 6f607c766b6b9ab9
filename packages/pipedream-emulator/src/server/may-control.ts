import type { IncomingMessage } from 'node:http'
import { hasAllowedHost, isLoopback } from './allowed-hosts.ts'

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * May whoever sent this tell the emulator what to do? Only a program of this machine, and not a website that a browser of
 * this machine shows, nor somebody behind a proxy or a tunnel that ends here.
 */
export function mayControl(incoming: IncomingMessage): boolean {
  const { headers, socket } = incoming
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const site = headers['sec-fetch-site'] ?? 'none'
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    hasAllowedHost(incoming, THIS_MACHINE) &&
    forwarded === undefined &&
    (site === 'none' || site === 'same-origin') &&
    (headers.origin === undefined || headers.origin === `${scheme}://${headers.host}`)
  )
}
