type Variables = Readonly<Record<string, string | undefined>>

// Docker and Kubernetes set `EMULATOR_PORT=tcp://10.0.0.1:4010` for a service that is called `emulator`.
const SERVICE_LINK = /^(tcp|udp|sctp):\/\//

/** Whether a value is what Docker and Kubernetes set, by themselves, for a service of another container. */
export function isServiceLink(value: string): boolean {
  return SERVICE_LINK.test(value)
}

/** The variables without those that another program has set under a name of ours, and a sentence about each of these. */
export function withoutServiceLinks(given: Variables): { own: Variables; warnings: string[] } {
  const { EMULATOR_PORT, ...own } = given
  if (EMULATOR_PORT === undefined || !isServiceLink(EMULATOR_PORT)) {
    return { own: given, warnings: [] }
  }
  const warning =
    'EMULATOR_PORT is the service link of a container, not a port, so it is ignored. Rename the service "emulator", or set enableServiceLinks: false.'
  return { own, warnings: [warning] }
}

/**
 * A sentence about what a file sets under a prefix of ours, but not under a name that we know, or under a name of ours in small
 * letters.
 */
export function warnOfUnknown(file: Variables, known: readonly string[]): string[] {
  const unknown = Object.keys(file).filter(
    (name) =>
      !known.includes(name) &&
      (/^(PIPEDREAM|EMULATOR)_/i.test(name) || known.includes(name.toUpperCase())),
  )
  if (unknown.length === 0) return []
  const [is, it] = unknown.length === 1 ? ['is not a setting', 'it'] : ['are not settings', 'they']
  return [
    `${unknown.join(', ')} in .env.local ${is} of this gateway, so ${it} ${it === 'it' ? 'is' : 'are'} ignored. docs/configuration.md lists the settings, whose names are in capitals.`,
  ]
}
