import { isLoopback, type SettingProblem } from './check-settings.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './read-settings.ts'

/** Every problem of the pages that may use a connect token: `PUBLIC_URL`, and each of `ALLOWED_ORIGINS`. */
export function checkOrigins(settings: Settings): SettingProblem[] {
  return originsOf(settings).flatMap(({ setting, value }) => {
    const problem = checkOrigin(value) ?? checkPath(setting, value)
    return problem === undefined
      ? []
      : [{ setting, what: `${setting}: ${problem.what}`, fix: problem.fix }]
  })
}

/** How many origins are set. */
export function countOrigins(settings: Settings): number {
  return originsOf(settings).length
}

type Setting = 'PUBLIC_URL' | 'ALLOWED_ORIGINS'

function originsOf(settings: Settings): { setting: Setting; value: string }[] {
  const publicUrl = settings.get('PUBLIC_URL')?.trim()
  const others = (settings.get('ALLOWED_ORIGINS') ?? '').split(/[\s,]+/).filter(Boolean)
  return [
    ...(publicUrl === undefined ? [] : [{ setting: 'PUBLIC_URL' as const, value: publicUrl }]),
    ...others.map((value) => ({ setting: 'ALLOWED_ORIGINS' as const, value })),
  ]
}

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
  return undefined
}

function checkPath(setting: Setting, value: string): Problem | undefined {
  const { origin } = new URL(value)
  if (value === origin) return undefined
  if (setting === 'ALLOWED_ORIGINS') {
    return {
      // A browser says its origin without a path, a slash at the end or the usual port, and it has to match to the letter.
      what: `"${value}" is more than an origin, or spelled differently.`,
      fix: `Write ${origin}, which is what a browser says.`,
    }
  }
  if (value.startsWith(origin) && CLEAN_PATH.test(value.slice(origin.length))) return undefined
  return {
    what: `"${value}" is more than an origin and a path, or spelled differently.`,
    fix: `Write ${origin}, and behind it at most a path of letters, digits and - . _ ~, such as ${origin}/connections.`,
  }
}

// As the gateway reads it: with or without a slash at the end, and without dots alone, which browsers resolve.
const CLEAN_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?$/
