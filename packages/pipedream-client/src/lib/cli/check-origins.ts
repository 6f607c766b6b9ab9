import { isLoopback } from './check-settings.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './read-settings.ts'

/** Every problem of the pages that may use a connect token: `PUBLIC_URL`, and each of `ALLOWED_ORIGINS`. */
export function checkOrigins(settings: Settings): Problem[] {
  return originsOf(settings).flatMap(({ setting, value }) => {
    const problem = checkOrigin(value)
    return problem === undefined ? [] : [{ what: `${setting}: ${problem.what}`, fix: problem.fix }]
  })
}

/** How many origins are set. */
export function countOrigins(settings: Settings): number {
  return originsOf(settings).length
}

function originsOf(settings: Settings): { setting: string; value: string }[] {
  const publicUrl = settings.get('PUBLIC_URL')?.trim()
  const others = (settings.get('ALLOWED_ORIGINS') ?? '').split(/[\s,]+/).filter(Boolean)
  return [
    ...(publicUrl === undefined ? [] : [{ setting: 'PUBLIC_URL', value: publicUrl }]),
    ...others.map((value) => ({ setting: 'ALLOWED_ORIGINS', value })),
  ]
}

// A browser says its origin without a path, a slash at the end or the usual port, and it has to match to the letter.
function checkOrigin(value: string): Problem | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || value.includes('*')) {
    return {
      what: `"${value}" is not a full origin.`,
      fix: 'Write https:// and the host, such as https://app.example.com; there are no wildcards.',
    }
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return {
      what: `"${value}" is not encrypted.`,
      fix: 'Use https; http is for this machine alone, such as http://localhost:3000.',
    }
  }
  return value === url.origin
    ? undefined
    : {
        what: `"${value}" is more than an origin, or spelled differently.`,
        fix: `Write ${url.origin}, which is what a browser says.`,
      }
}
