import type { Problem } from './finding.ts'

/** What is wrong with an origin. `what` is a clause that follows the name of the setting; the origin is in it, without a password. */
export interface OriginProblem extends Problem {
  /**
   * `unusable`: no browser sends it. `unencrypted`: it is http, and not of this machine. `misspelled`: browsers send
   * `new URL(origin).origin`, which is spelled differently.
   */
  kind: 'unusable' | 'unencrypted' | 'misspelled'
}

/**
 * Checks the origin of a page, as in `allowedOrigins` of a connect token, which has to be what a browser sends as `Origin`.
 * Undefined when nothing is wrong, else the gravest problem.
 */
export function checkOrigin(value: string): OriginProblem | undefined {
  return checkHost(value) ?? checkExtent(value) ?? checkEncryption(value) ?? checkSpelling(value)
}

/** Whether a value is a URL of a host that browsers reach; the other checks here take for granted that it is. */
export function checkHost(value: string): OriginProblem | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && isHost(url)) return undefined
  return {
    kind: 'unusable',
    what: `has ${quote(value)}, which is not a full origin.`,
    fix: 'Write https:// and the host, such as https://app.example.com; there are no wildcards.',
  }
}

export function checkEncryption(value: string): OriginProblem | undefined {
  const url = new URL(value)
  if (url.protocol === 'https:' || isLoopback(url)) return undefined
  return {
    kind: 'unencrypted',
    what: `has ${quote(value)}, which is not encrypted: others on the network can read cookies and tokens.`,
    fix: 'Use https; http is for this machine alone, such as http://localhost:3000.',
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

// The usual port, a slash at the end, capitals: a browser leaves them out, and it has to match to the letter.
function checkSpelling(value: string): OriginProblem | undefined {
  if (value === new URL(value).origin) return undefined
  return {
    kind: 'misspelled',
    what: `has ${quote(value)}, which browsers spell differently.`,
    fix: writeOrigin(value),
  }
}

function writeOrigin(value: string): string {
  return `Write ${new URL(value).origin}, which is what a browser says.`
}

/** A value in quotation marks, without its password. */
export function quote(value: string): string {
  return `"${value.replace(/\/\/.*@/s, '//...@')}"`
}

// URLs take nearly any sign in a host; names of the DNS do not, and their parts have 63 characters at the most.
function isHost({ hostname }: URL): boolean {
  return /^\[[\da-f:.]+\]$/.test(hostname) || /^([\w-]{1,63}\.)*[\w-]{1,63}\.?$/.test(hostname)
}

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
