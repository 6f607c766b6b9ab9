import { isProjectId } from '../server/client-options.ts'
import { checkDestinations } from './check-destinations.ts'
import { CONNECT_TOKEN_SCOPE } from './connect-token-scope.ts'
import type { Problem } from './finding.ts'
import { FILE, type Settings, type Source } from './read-settings.ts'

/** A setting that is missing or invalid. Never contains its value. */
export interface SettingProblem extends Problem {
  setting: string
}

const WHERE: Readonly<Record<string, string>> = {
  PIPEDREAM_CLIENT_ID:
    "Find it in your workspace's settings at Pipedream, under API, OAuth clients.",
  PIPEDREAM_CLIENT_SECRET:
    'Pipedream shows it only once, when the OAuth client is created. If you have lost it, create another client.',
  PIPEDREAM_PROJECT_ID: "It starts with proj_; find it in the project's settings.",
  PIPEDREAM_PROJECT_ENVIRONMENT: 'Use development or production.',
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

/** Whether no setting selects a Pipedream. Ignores variables of other programs that start with `PIPEDREAM_`. */
export function namesNoProject(settings: Settings): boolean {
  // A file that is only partly readable may contain one.
  const isRead = settings.file === undefined || settings.file.problems.length === 0
  return isRead && PIPEDREAM_SETTINGS.every((name) => settings.get(name) === undefined)
}

/** Whether no request is possible without this setting. */
export function isRequired(name: string): boolean {
  return name in WHERE
}

/** The sources of the settings for calling Pipedream. */
export function sourcesOf(settings: Settings): Source[] {
  const used = new Set(PIPEDREAM_SETTINGS.map((name) => settings.sourceOf(name)))
  return ([FILE, 'the environment'] as const).filter((source) => used.has(source))
}

/** Returns every problem of `.env.local` and of the settings for calling Pipedream. */
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
  const known = new Set(wrong.map(({ setting }) => setting))
  return [
    ...unread.map(({ what, fix }) => ({ setting: FILE, what, fix })),
    ...wrong,
    ...checkDestinations(settings).filter(({ setting }) => !known.has(setting)),
  ]
}

function checkMissing(setting: string, { file }: Settings): Problem | undefined {
  const where = WHERE[setting]
  // The setting may be in a line that is not readable.
  const isUnread = file !== undefined && file.problems.length > 0
  if (where === undefined || isUnread) return undefined
  const name =
    file === undefined ? '.env.local (which does not exist in this folder)' : '.env.local'
  return { what: 'is missing.', fix: `Add it to ${name} or to the environment. ${where}` }
}

// In cmd, `set NAME="value"` keeps the quotation marks, and `set NAME=value && next` keeps the space.
function checkString(value: string): Problem | undefined {
  if (/^(["'`]).*\1$/s.test(value.trim())) {
    return {
      what: 'has quotation marks around it.',
      fix: 'Remove them: unlike other shells, cmd makes them part of the value.',
    }
  }
  if (value !== value.trim()) {
    return { what: 'has spaces around it.', fix: 'Remove the spaces before and after the value.' }
  }
  if (/^<.*>$|\.{3}|\u2026/.test(value)) {
    return { what: 'is still a placeholder.', fix: 'Replace it with your own value.' }
  }
  // oxlint-disable-next-line eslint/no-control-regex -- the pattern looks for control characters
  return /[\u0000-\u001F\u007F]/.test(value)
    ? { what: 'contains a control character.', fix: 'Copy the value again, without line breaks.' }
    : undefined
}

function checkProjectId(value: string): Problem | undefined {
  const fix = "Use the id that starts with proj_; find it in the project's settings."
  if (value.startsWith('o_')) return { what: 'is the id of a workspace, not of a project.', fix }
  return isProjectId(value) ? undefined : { what: 'is not a project id.', fix }
}

function checkEnvironment(value: string): Problem | undefined {
  return value === 'development' || value === 'production'
    ? undefined
    : {
        what: 'is neither development nor production.',
        fix: 'Use one of the two, in lower case.',
      }
}

function checkBaseUrl(value: string): Problem | undefined {
  const url = httpUrl(value)
  if (url === undefined) {
    return {
      what: 'is not an http or https URL without user name, password, query and fragment.',
      fix: 'Unset it to use Pipedream itself. It is only for an emulator or a proxy of your own.',
    }
  }
  return /\/v1\/*$/.test(url.pathname)
    ? { what: 'ends in /v1, which every call adds.', fix: 'Leave /v1 out.' }
    : undefined
}

function checkConnectUrl(value: string): Problem | undefined {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? undefined
    : {
        what: 'is not an http or https URL.',
        fix: "Unset it to use Pipedream's own page, or use a full URL.",
      }
}

function checkTokenScope(value: string): Problem | undefined {
  const scopes = value.split(/\s+/)
  if (scopes.includes('*')) {
    return {
      what: 'asks for *, which Pipedream never grants to a connect token.',
      fix: `Unset it to use ${CONNECT_TOKEN_SCOPE}, or use connect:* for everything in Connect.`,
    }
  }
  return scopes.every((scope) => /^connect:[\w:*]+$/.test(scope))
    ? undefined
    : {
        what: 'is not a list of scopes.',
        fix: 'Use names such as connect:accounts:read, separated by spaces, without commas.',
      }
}

function checkUserId(value: string): Problem | undefined {
  return value.length <= LONGEST_USER_ID
    ? undefined
    : { what: `is too long.`, fix: `Use at most ${LONGEST_USER_ID} characters.` }
}

function httpUrl(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  const rest = `${url.username}${url.password}${url.search}${url.hash}`
  return /^https?:$/.test(url.protocol) && rest === '' ? url : undefined
}
