import { PipedreamError, PipedreamInputError } from '../http/errors.ts'
import { explainNetwork, explainTimeout } from './explain-network.ts'
import type { Problem } from './finding.ts'
import type { Settings } from './read-settings.ts'

/** The step that failed. */
export type Step = 'oauth-token' | 'scoped-token' | 'project' | 'app'

/** The host of Pipedream according to the settings. */
export function hostOf(settings: Settings): string {
  return new URL(settings.get('PIPEDREAM_BASE_URL') ?? 'https://api.pipedream.com').host
}

/** Explains a failed call in terms of the settings. Rethrows an error that is not a `PipedreamError`. */
export function explainFailure(error: unknown, step: Step, settings: Settings): Problem {
  if (!(error instanceof PipedreamError)) throw error
  return explainRefusal(error, step, settings) ?? explainSilence(error, settings)
}

/** Failures whose cause is an argument or a setting. */
function explainRefusal(
  error: PipedreamError,
  step: Step,
  settings: Settings,
): Problem | undefined {
  if (error instanceof PipedreamInputError) {
    const what = error.message.replace(error.input, FLAG_OF[error.input] ?? error.input)
    return { what, fix: 'Correct it and try again.' }
  }
  if (step === 'oauth-token') return explainCredentials(error, settings)
  if (step === 'scoped-token') return isRefusal(error) ? explainScope(error) : undefined
  return step === 'app' && error.code === 'ERR_NOT_FOUND'
    ? UNKNOWN_APP
    : explainProject(error, settings)
}

const FLAG_OF: Readonly<Record<string, string>> = {
  externalUserId: '--user',
  app: '--app',
  scope: '--scope',
}

const UNKNOWN_APP: Problem = {
  what: 'Pipedream does not know this app (404).',
  fix: 'Use the slug from its page under https://pipedream.com/apps, such as google_sheets.',
}

function explainCredentials(error: PipedreamError, settings: Settings): Problem | undefined {
  const names = ['PIPEDREAM_CLIENT_ID', 'PIPEDREAM_CLIENT_SECRET']
  if (error.code === 'ERR_AUTHENTICATION') {
    return {
      what: `Pipedream rejected the client credentials${responseOf(error)}.`,
      fix: `Check PIPEDREAM_CLIENT_ID and PIPEDREAM_CLIENT_SECRET: both must come from the same OAuth client, whose secret is shown only once.${shadowHint(names, settings)}`,
    }
  }
  if (!isRefusal(error)) return undefined
  return {
    what: `Pipedream rejected the request for an OAuth token${responseOf(error)}.`,
    fix: 'Check PIPEDREAM_CLIENT_ID and PIPEDREAM_CLIENT_SECRET. A firewall or proxy may also have rejected it.',
  }
}

function explainScope(error: PipedreamError): Problem {
  return {
    what: `Pipedream rejected the request for an OAuth token with this scope${responseOf(error)}.`,
    fix: 'Check the names of the scopes, and that the OAuth client has them.',
  }
}

function explainProject(error: PipedreamError, settings: Settings): Problem | undefined {
  const hint = shadowHint(['PIPEDREAM_PROJECT_ID', 'PIPEDREAM_CLIENT_ID'], settings)
  if (error.code === 'ERR_NOT_FOUND' || error.code === 'ERR_AUTHENTICATION') {
    return {
      what: `PIPEDREAM_PROJECT_ID does not belong to these credentials${responseOf(error)}.`,
      fix: `Use the id of a project in the workspace of PIPEDREAM_CLIENT_ID, or an OAuth client of the project's workspace.${hint}`,
    }
  }
  if (error.code === 'ERR_FORBIDDEN') {
    return {
      what: `These credentials may not use the project of PIPEDREAM_PROJECT_ID${responseOf(error)}.`,
      fix: `Check that the project is in the workspace of PIPEDREAM_CLIENT_ID. If it is, the OAuth client lacks a scope.${hint}`,
    }
  }
  if (error.code !== 'ERR_BAD_REQUEST') return undefined
  return {
    what: `Pipedream rejected the request${responseOf(error)}.`,
    fix: 'Check PIPEDREAM_PROJECT_ENVIRONMENT, and PIPEDREAM_CONNECT_TOKEN_SCOPE if it is set.',
  }
}

/** Failures that no setting causes, except for PIPEDREAM_BASE_URL. */
function explainSilence(error: PipedreamError, settings: Settings): Problem {
  const route = { host: hostOf(settings), isProxied: settings.isProxied }
  const { code, retryAfterMs } = error
  if (code === 'ERR_TIMEOUT') return explainTimeout(route)
  if (code === 'ERR_NETWORK') return explainNetwork(error.cause, route)
  if (code === 'ERR_RATE_LIMITED') {
    const wait = retryAfterMs === undefined ? 'a minute' : `${Math.ceil(retryAfterMs / 1000)} s`
    return {
      what: `Pipedream is receiving too many requests${responseOf(error)}.`,
      fix: `Wait ${wait}, then try again.`,
    }
  }
  if (code === 'ERR_UPSTREAM') {
    return {
      what: `Pipedream failed to respond${responseOf(error)}.`,
      fix: 'Try again later, and check https://status.pipedream.com.',
    }
  }
  return {
    what: `${route.host} does not respond like Pipedream's API${responseOf(error)}.`,
    fix: 'Check PIPEDREAM_BASE_URL if it is set, and whether a proxy or a sign-in page of this network responds instead.',
  }
}

/** Whether Pipedream checked and rejected the credentials. */
export function isRefusal({ code }: PipedreamError): boolean {
  return code === 'ERR_AUTHENTICATION' || code === 'ERR_FORBIDDEN' || code === 'ERR_BAD_REQUEST'
}

function responseOf({ status, detail }: PipedreamError): string {
  const parts = [status === undefined ? [] : [`${status}`], detail === undefined ? [] : [detail]]
  const response = parts.flat().join(': ')
  return response === '' ? '' : ` (${response})`
}

// A user who edits the file without effect rarely suspects the environment.
function shadowHint(names: readonly string[], settings: Settings): string {
  const shadowed = names.filter((name) => settings.isShadowed(name))
  if (shadowed.length === 0) return ''
  return ` The environment also sets ${shadowed.join(' and ')}, which takes precedence over .env.local.`
}
