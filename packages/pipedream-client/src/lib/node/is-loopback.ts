/**
 * Whether this program's requests to a URL stay on this machine: `localhost`, 127.0.0.0/8 or `[::1]`. Names below `localhost` are
 * not among them: unlike browsers, some systems ask a DNS server for those.
 */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The same for a browser's requests, which stay on this machine for names below `localhost` too. */
export function isLoopbackInBrowsers({ hostname }: Pick<URL, 'hostname'>): boolean {
  return isLoopback({ hostname }) || hostname.endsWith('.localhost')
}
