import { isLoopbackInBrowsers } from '../node/is-loopback.ts'
import type { Problem } from './finding.ts'

/**
 * What is wrong with an origin. `what` is a clause that follows the name of the setting. It contains the origin, without its
 * password.
 */
export interface OriginProblem extends Problem {
  /**
   * `unusable`: browsers never send it. `unencrypted`: http, and not on this machine. `misspelled`: browsers send `new
   * URL(origin).origin`, which is spelled differently.
   */
  kind: 'unusable' | 'unencrypted' | 'misspelled'
}

/**
 * Checks the origin of a page, as in `allowedOrigins` of a connect token, which must equal the `Origin` header of browsers.
 * Returns the most serious problem, or undefined if absent.
 */
export function checkOrigin(value: string): OriginProblem | undefined {
  return checkHost(value) ?? checkExtent(value) ?? checkEncryption(value) ?? checkSpelling(value)
}

/** Whether a value is a URL with a host that browsers can reach. The other checks in this file require it. */
export function checkHost(value: string): OriginProblem | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && isHost(url)) return undefined
  return {
    kind: 'unusable',
    what: `has ${quote(value)}, which is not a full origin.`,
    fix: 'Use https:// and the host without wildcards, such as https://app.example.com.',
  }
}

export function checkEncryption(value: string): OriginProblem | undefined {
  const url = new URL(value)
  if (url.protocol === 'https:' || isLoopbackInBrowsers(url)) return undefined
  return {
    kind: 'unencrypted',
    what: `has ${quote(value)}, which is not encrypted: others on the network can read cookies and tokens.`,
    fix: 'Use https. Plain http is only for this machine, such as http://localhost:3000.',
  }
}

function checkExtent(value: string): OriginProblem | undefined {
  if (/^[^/]*\/\/[^/?#@\\]*\/?$/.test(value)) return undefined
  return {
    kind: 'unusable',
    what: `has ${quote(value)}, which is more than an origin.`,
    fix: writeOrigin(value),
  }
}

// The value must equal what browsers send, which omits default ports and trailing slashes, and is in lower case.
function checkSpelling(value: string): OriginProblem | undefined {
  if (value === new URL(value).origin) return undefined
  return {
    kind: 'misspelled',
    what: `has ${quote(value)}, which browsers spell differently.`,
    fix: writeOrigin(value),
  }
}

function writeOrigin(value: string): string {
  return `Use ${new URL(value).origin}, which is what browsers send.`
}

/** Quotes a value, without its password. */
export function quote(value: string): string {
  return `"${value.replace(/\/\/.*@/s, '//...@')}"`
}

// URLs allow nearly any character in a host. DNS names do not, and their labels have at most 63 characters.
function isHost({ hostname }: URL): boolean {
  return /^\[[\da-f:.]+\]$/.test(hostname) || /^([\w-]{1,63}\.)*[\w-]{1,63}\.?$/.test(hostname)
}
