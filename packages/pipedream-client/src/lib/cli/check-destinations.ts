import { isLoopback } from '../node/is-loopback.ts'
import type { SettingProblem } from './check-settings.ts'
import { FILE, PROXY_SETTINGS, type Settings } from './read-settings.ts'

const SECRET = 'PIPEDREAM_CLIENT_SECRET'
const ALLOW = 'ALLOW_INSECURE'

// What each URL receives.
const RECEIVES: Readonly<Record<string, string>> = {
  PIPEDREAM_BASE_URL: 'the client secret',
  PIPEDREAM_CONNECT_URL: 'connect tokens',
}

/** Returns every problem of where the client secret, and what is created with it, would be sent. */
export function checkDestinations(settings: Settings): SettingProblem[] {
  return [...checkSources(settings), ...checkEncryption(settings)]
}

// The current folder may be a stranger's, and a person who keeps the secret in the environment need not have read its file.
function checkSources(settings: Settings): SettingProblem[] {
  if (settings.sourceOf(SECRET) !== 'the environment') return []
  return [...Object.keys(RECEIVES), ALLOW, ...PROXY_SETTINGS]
    .filter((setting) => settings.sourceOf(setting) === FILE)
    .map((setting) => ({
      setting,
      what: `${setting} is in ${FILE}, but ${SECRET} is in the environment: a file must not decide where a secret from elsewhere is sent.`,
      fix: 'Set both in one place.',
    }))
}

function checkEncryption(settings: Settings): SettingProblem[] {
  if (settings.get(ALLOW)?.trim() === 'on') return []
  return Object.entries(RECEIVES)
    .filter(([setting]) => isPlain(settings.get(setting) ?? ''))
    .map(([setting, what]) => ({
      setting,
      what: `${setting} would send ${what} unencrypted over the network.`,
      fix: `Use https. Plain http is only for this machine; ${ALLOW}=on allows it on a network that no one else uses.`,
    }))
}

function isPlain(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return url.protocol === 'http:' && !isLoopback(url)
}
