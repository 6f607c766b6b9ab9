import {
  checkEncryption,
  checkHost,
  checkOrigin,
  type OriginProblem,
  quote,
} from './check-origin.ts'
import type { SettingProblem } from './check-settings.ts'
import type { Settings } from './read-settings.ts'

/** Returns every problem of the pages that may use a connect token: `PUBLIC_URL` and each of `ALLOWED_ORIGINS`. */
export function checkOrigins(settings: Settings): (OriginProblem & SettingProblem)[] {
  return originsOf(settings).flatMap(({ setting, value }) => {
    const problem = setting === 'PUBLIC_URL' ? checkAddress(value) : checkOrigin(value)
    return problem === undefined
      ? []
      : [{ ...problem, setting, what: `${setting} ${problem.what}` }]
  })
}

/** The number of configured origins. */
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

/** Checks a URL that may have a path. */
function checkAddress(value: string): OriginProblem | undefined {
  return checkHost(value) ?? checkPath(value) ?? checkEncryption(value) ?? checkSpelling(value)
}

function checkPath(value: string): OriginProblem | undefined {
  const [, path] = ADDRESS.exec(value) ?? []
  if (path !== undefined && CLEAN_PATH.test(path)) return undefined
  return {
    kind: 'unusable',
    what: `has ${quote(value)}, which is more than an origin and a path.`,
    fix: writeAddress(value),
  }
}

function checkSpelling(value: string): OriginProblem | undefined {
  if (value.startsWith(new URL(value).origin)) return undefined
  return {
    kind: 'misspelled',
    what: `has ${quote(value)}, which browsers spell differently.`,
    fix: writeAddress(value),
  }
}

function writeAddress(value: string): string {
  const { origin } = new URL(value)
  return `Use ${origin}, optionally followed by a path of letters, digits and - . _ ~, such as ${origin}/connections.`
}

const ADDRESS = /^[^/]*\/\/[^/?#@\\]*(.*)$/s
// The gateway's own rule: an optional trailing slash, and no dot segments, which browsers resolve.
const CLEAN_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?$/
