import { isProjectId } from '../server/client-options.ts'
import { isLoopback } from './check-origin.ts'
import type { Problem } from './finding.ts'
import { FILE, type Settings, type Source } from './read-settings.ts'

/** A setting that is missing or not well-formed. Its value is never repeated. */
export interface SettingProblem extends Problem {
  setting: string
}

const WHERE: Readonly<Record<string, string>> = {
  PIPEDREAM_CLIENT_ID: "It is in your workspace's settings at Pipedream, under API, OAuth clients.",
  PIPEDREAM_CLIENT_SECRET:
    'Pipedream shows it only once, when the OAuth client is made; if it is lost, make another client.',
  PIPEDREAM_PROJECT_ID: "It begins with proj_, and is in the project's settings.",
  PIPEDREAM_PROJECT_ENVIRONMENT: 'Write development or production.',
}
const LONGEST_USER_ID = 250

const PIPEDREAM_SETTINGS = [
  'PIPEDREAM_CLIENT_ID',
  'PIPEDREAM_CLIENT_SECRET',
  'PIPEDREAM_PROJECT_ID',
  'PIPEDREAM_PROJECT_ENVIRONMENT',
  'PIPEDREAM_BASE_URL',
  'PIPEDREAM_CONNECT_URL',
  'PIPEDREAM_CONNECT_TOKEN_SCOPE',
]

/** Whether nothing says which Pipedream to use. Other programs' variables that begin with `PIPEDREAM_` do not count. */
export function namesNoProject(settings: Settings): boolean {
  // A file that is half read may name one.
  const isRead = settings.file === undefined || settings.file.problems.length === 0
  return isRead && PIPEDREAM_SETTINGS.every((name) => settings.get(name) === undefined)
}

/** Whether nothing can be asked of Pipedream without this setting. */
export function isRequired(name: string): boolean {
  return name in WHERE
}

/** Where the settings that Pipedream is called with are from. */
export function sourcesOf(settings: Settings): Source[] {
  const used = new Set(PIPEDREAM_SETTINGS.map((name) => settings.sourceOf(name)))
  return ([FILE, 'the environment'] as const).filter((source) => used.has(source))
}

/** Every problem of `.env.local`, and of the settings that Pipedream is called with. */
export function checkSettings(settings: Settings): SettingProblem[] {
  const wellFormed: Readonly<Record<string, (value: string) => Problem | undefined>> = {
    PIPEDREAM_CLIENT_ID: () => undefined,
    PIPEDREAM_CLIENT_SECRET: () => undefined,
    PIPEDREAM_PROJECT_ID: checkProjectId,
    PIPEDREAM_PROJECT_ENVIRONMENT: checkEnvironment,
    PIPEDREAM_BASE_URL: checkBaseUrl,
    PIPEDREAM_CONNECT_URL: checkConnectUrl,
    PIPEDREAM_CONNECT_TOKEN_SCOPE: checkTokenScope,
    TEST_USER_ID: checkUserId,
  }
  const unread = settings.file?.problems ?? []
  const wrong = Object.entries(wellFormed).flatMap(([setting, check]) => {
    const value = settings.get(setting)
    const problem =
      value === undefined ? checkMissing(setting, settings) : (checkString(value) ?? check(value))
    return problem === undefined
      ? []
      : [{ setting, what: `${setting} ${problem.what}`, fix: problem.fix }]
  })
  return [...unread.map(({ what, fix }) => ({ setting: FILE, what, fix })), ...wrong]
}

function checkMissing(setting: string, { file }: Settings): Problem | undefined {
  const where = WHERE[setting]
  // It may be in a line that could not be read.
  const isUnread = file !== undefined && file.problems.length > 0
  if (where === undefined || isUnread) return undefined
  const name = file === undefined ? '.env.local (there is none in this folder)' : '.env.local'
  return { what: 'is missing.', fix: `Put it into ${name} or into the environment. ${where}` }
}

// In cmd, `set NAME="value"` keeps the quotation marks, and `set NAME=value && next` keeps the space.
function checkString(value: string): Problem | undefined {
  if (/^(["'`]).*\1$/s.test(value.trim())) {
    return {
      what: 'has quotation marks around it.',
      fix: 'Leave them out: cmd, unlike other shells, makes them part of the value.',
    }
  }
  if (value !== value.trim()) {
    return { what: 'has spaces around it.', fix: 'Leave out what is before and after the value.' }
  }
  if (/^<.*>$|\.{3}|\u2026/.test(value)) {
    return { what: 'is still a placeholder.', fix: 'Replace it by your own value.' }
  }
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001F\u007F]/.test(value)
    ? { what: 'has a control character in it.', fix: 'Copy the value again, without line breaks.' }
    : undefined
}

function checkProjectId(value: string): Problem | undefined {
  const fix = "Use the id that begins with proj_; it is in the project's settings."
  if (value.startsWith('o_')) return { what: 'is the id of a workspace, not of a project.', fix }
  return isProjectId(value) ? undefined : { what: 'is not a project id.', fix }
}

function checkEnvironment(value: string): Problem | undefined {
  return value === 'development' || value === 'production'
    ? undefined
    : {
        what: 'is neither development nor production.',
        fix: 'Write one of the two, in lower case.',
      }
}

function checkBaseUrl(value: string): Problem | undefined {
  const url = httpUrl(value)
  if (url === undefined) {
    return {
      what: 'is not an http or https URL without user name, password, query and fragment.',
      fix: 'Unset it to use Pipedream itself; it is for an emulator or a proxy of your own.',
    }
  }
  if (/\/v1\/*$/.test(url.pathname)) {
    return { what: 'ends in /v1, which every call adds.', fix: 'Leave /v1 out.' }
  }
  return url.protocol === 'https:' || isLoopback(url) || isPrivateName(url)
    ? undefined
    : {
        what: 'would send the client secret over the network unencrypted.',
        fix: 'Use https; http is for this machine alone.',
      }
}

function checkConnectUrl(value: string): Problem | undefined {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? undefined
    : {
        what: 'is not an http or https URL.',
        fix: "Unset it to use Pipedream's own page, or write the whole URL.",
      }
}

function checkTokenScope(value: string): Problem | undefined {
  const scopes = value.split(/\s+/)
  if (scopes.includes('*')) {
    return {
      what: 'asks for *, which Pipedream never grants to a connect token.',
      fix: 'Unset it, or write connect:*, which is the default.',
    }
  }
  return scopes.every((scope) => /^connect:[\w:*]+$/.test(scope))
    ? undefined
    : {
        what: 'is not a list of scopes.',
        fix: 'Write names such as connect:accounts:read with a space between them, and no commas.',
      }
}

function checkUserId(value: string): Problem | undefined {
  return value.length <= LONGEST_USER_ID
    ? undefined
    : { what: `is too long.`, fix: `Use at most ${LONGEST_USER_ID} characters.` }
}

// A container's name has no dot; the endings are reserved for networks without public names.
function isPrivateName({ hostname }: URL): boolean {
  return /^[\w-]+$|\.(?:internal|local|test)$/.test(hostname)
}

function httpUrl(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  const rest = `${url.username}${url.password}${url.search}${url.hash}`
  return /^https?:$/.test(url.protocol) && rest === '' ? url : undefined
}
