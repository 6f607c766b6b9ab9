import type { SettingsFile } from './setting-sources.ts'

type Variables = Readonly<Record<string, string | undefined>>

// Docker and Kubernetes set `EMULATOR_PORT=tcp://10.0.0.1:4010` for a service with the name `emulator`.
const SERVICE_LINK = /^(tcp|udp|sctp):\/\//

/** Whether Docker or Kubernetes set this value automatically for the service of another container. */
export function isServiceLink(value: string): boolean {
  return SERVICE_LINK.test(value)
}

/** Returns the variables without service links, and a warning about each removed one. */
export function withoutServiceLinks(given: Variables): { own: Variables; warnings: string[] } {
  const { EMULATOR_PORT, ...own } = given
  if (EMULATOR_PORT === undefined || !isServiceLink(EMULATOR_PORT)) {
    return { own: given, warnings: [] }
  }
  const warning =
    'EMULATOR_PORT contains the service link of a container, not a port, so it is ignored. Rename the service "emulator", or set enableServiceLinks: false.'
  return { own, warnings: [warning] }
}

/** Warns of unknown variables in a file that have one of the gateway's prefixes, or a setting's name in lower case. */
export function warnOfUnknown(file: SettingsFile, known: readonly string[]): string[] {
  const unknown = Object.keys(file.variables).filter(
    (name) =>
      !known.includes(name) &&
      (/^(PIPEDREAM|EMULATOR)_/i.test(name) || known.includes(name.toUpperCase())),
  )
  if (unknown.length === 0) return []
  const [are, they] =
    unknown.length === 1 ? ['is not a setting', 'it is'] : ['are not settings', 'they are']
  return [
    `${unknown.join(', ')} in ${file.name} ${are} of this gateway, so ${they} ignored. See docs/configuration.md for the settings. Their names are in capitals.`,
  ]
}
