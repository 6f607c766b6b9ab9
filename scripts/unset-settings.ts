// For tests that start the gateway in a process of its own.
import { readFileSync } from 'node:fs'

const DOCUMENT = new URL('../docs/configuration.md', import.meta.url)
// Described outside of the tables, because other programs use them too.
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * Returns every setting of the gateway with a blank value, which counts as unset and takes precedence over `.env.local`: a
 * test must not use a developer's own settings. They are those of the documentation, which a test compares with the code.
 */
export function unsetSettings(): Record<string, string> {
  const tables = readFileSync(DOCUMENT, 'utf8').match(/^\| `[^|]+/gm) ?? []
  const names = tables.flatMap((cell) =>
    [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  )
  return Object.fromEntries(
    [...names, ...PROXIES, ...PROXIES.map((name) => name.toLowerCase())].map((name) => [name, '']),
  )
}
