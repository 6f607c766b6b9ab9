import { isLoopback } from 'pipedream-client/node'
import { onOrOff } from './limit-settings.ts'
import { PROXY_SETTINGS } from '../pipedream/outgoing.ts'
import { LOCAL_FILE, type SettingSources } from './setting-sources.ts'
import { explainUnencrypted } from './url-settings.ts'

export const insecureSettings = {
  ALLOW_INSECURE: onOrOff.default(false),
}

interface Urls {
  ALLOW_INSECURE: boolean
  PUBLIC_URL?: string | undefined
  PIPEDREAM_BASE_URL?: string | undefined
  PIPEDREAM_CONNECT_URL?: string | undefined
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  OTEL_EXPORTER_OTLP_HEADERS: Readonly<Record<string, string>>
}

// `ALLOW_INSECURE` is not named, because an operator who reads this usually has https within reach.
const FIX =
  'Use https; docs/configuration.md describes the exception for a network that no one else uses.'

/** Says which URLs would send secrets over the network without encryption. */
export function refuseUnencrypted(values: Urls): string[] {
  if (values.ALLOW_INSECURE) return []
  const { PUBLIC_URL: publicUrl, OTEL_EXPORTER_OTLP_HEADERS: headers } = values
  const secrets: readonly [name: keyof Urls, what: string, isSecret: boolean][] = [
    ['PIPEDREAM_BASE_URL', 'the client secret', true],
    ['PIPEDREAM_CONNECT_URL', 'connect tokens', true],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', Object.keys(headers).length > 0],
  ]
  return [
    ...explainUnencrypted('PUBLIC_URL', publicUrl === undefined ? [] : [publicUrl]).map(
      (what) => `${what} ${FIX}`,
    ),
    ...secrets.flatMap(([name, what, isSecret]) =>
      isSecret && isPlain(values[name])
        ? [`${name} would send ${what} unencrypted over the network. ${FIX}`]
        : [],
    ),
  ]
}

function isPlain(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url?.protocol === 'http:' && !isLoopback(url)
}

const ROUTE = ['ALLOW_INSECURE', ...PROXY_SETTINGS]

// Each secret, and what decides where and how it is sent.
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  PIPEDREAM_CLIENT_SECRET: ['PIPEDREAM_BASE_URL', 'PIPEDREAM_CONNECT_URL', ...ROUTE],
  OTEL_EXPORTER_OTLP_HEADERS: ['OTEL_EXPORTER_OTLP_ENDPOINT', ...ROUTE],
}

/**
 * Says which settings of `.env.local` would decide where a secret from elsewhere is sent. The command line refuses the same,
 * because there the file is that of any folder. A file that `--settings` names is a choice of the operator, like the
 * environment, so it may decide that for every secret.
 */
export function refuseMixedSources({ sourceOf }: SettingSources): string[] {
  return Object.entries(DESTINATIONS).flatMap(([secret, destinations]) => {
    const source = sourceOf(secret)
    if (source === undefined || source === LOCAL_FILE) return []
    return destinations
      .filter((name) => sourceOf(name) === LOCAL_FILE)
      .map(
        (name) =>
          `${name} is in ${LOCAL_FILE}, but ${secret} is in ${source}: a file must not decide where a secret from elsewhere is sent. Set both in one place.`,
      )
  })
}
