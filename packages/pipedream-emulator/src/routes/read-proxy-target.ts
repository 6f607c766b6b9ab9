import { decodeBase64Url } from '../wire/base64url.ts'
import type { CatalogueApp } from '../catalogue/catalogue.ts'
import type { StoredAccount } from '../state/store.ts'
import { wireError } from '../wire/errors.ts'

interface Proxied {
  app: CatalogueApp
  account: StoredAccount
  /** Whether subdomains are allowed too. */
  subDomains: boolean
}

/**
 * Reads the target URL of a proxy request from the base64 in the path, in either alphabet, with or without padding. A
 * relative target is resolved against the app's base URL, after filling its placeholders from the account. Throws 400
 * for an invalid target, and for a host that is neither the app's nor a subdomain of it (inferred).
 */
export function readProxyTarget(encoded: string, { app, account, subDomains }: Proxied): URL {
  if (app.proxyHost === null) throw wireError(400, `The proxy is not enabled for ${app.name}.`)
  const text = decodeBase64Url(encoded)
  if (text === null) throw notTarget()
  const host = fillPlaceholders(app.proxyHost, account)
  const isAbsolute = URL.canParse(text)
  if (isAbsolute && host !== app.proxyHost) {
    throw wireError(
      400,
      `${app.name} has a separate base URL for each account. Use a relative path.`,
    )
  }
  const url = URL.parse(text, `https://${host}`)
  if (url === null) throw notTarget()
  rejectForeign(url, { allowed: host.toLowerCase(), subDomains })
  return url
}

// The value is user input: it may be a label of a host name, and nothing that ends one.
function fillPlaceholders(template: string, { credentials }: StoredAccount): string {
  return template.replaceAll(/\{\{custom_fields\.(\w+)\}\}/g, (_placeholder, name: string) => {
    const value = Object.hasOwn(credentials, name) ? (credentials[name] ?? '') : ''
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(value)) {
      throw wireError(400, `The account’s ${name} cannot be part of a host name.`)
    }
    return value
  })
}

// Checks the parsed URL: `//host` and `\\host` look relative, but lead to another host.
function rejectForeign(
  { protocol, username, password, host }: URL,
  { allowed, subDomains }: { allowed: string; subDomains: boolean },
): void {
  const isWeb = protocol === 'https:' || protocol === 'http:'
  if (!isWeb || username !== '' || password !== '') throw notTarget()
  if (host !== allowed && !(subDomains && host.endsWith(`.${allowed}`))) {
    throw wireError(400, `The domain is not allowed for this app: ${host}.`)
  }
}

function notTarget(): Error {
  return wireError(400, 'The path must contain a URL or a relative path in base64.')
}
