import { type ConnectError, toConnectError } from './connect-error.ts'
import { readConnectUrl } from './connect-options.ts'
import type { ConnectTarget, CreatedConnectToken, ReadyToken } from './connect-tokens.ts'

const TOKEN_FAILED = [
  'ERR_TOKEN_FAILED',
  'The connection could not be prepared. Try again.',
] as const
const LOAD_FAILED = ['ERR_LOAD_FAILED', 'The page could not be shown here.'] as const
const CONFIRM_FAILED = [
  'ERR_CONFIRM_FAILED',
  'The account was connected, but could not be confirmed. Try again.',
] as const

/** How far a flow got before it failed. */
interface FailedRun {
  target: ConnectTarget
  token?: ReadyToken<CreatedConnectToken> | undefined
  finished?: object | undefined
}

/** Why a flow failed, and the hosted page for a tab of its own, if the frame could not show it. */
export function readFailure(
  run: FailedRun,
  cause: unknown,
): { error: ConnectError; connectLinkUrl: string | undefined } {
  const { token, finished } = run
  const [code, message] = finished ? CONFIRM_FAILED : token ? LOAD_FAILED : TOKEN_FAILED
  const error = toConnectError(cause, code, message)
  return { error, connectLinkUrl: finished ? undefined : readLink(run, error) }
}

function readLink({ target, token }: FailedRun, { code }: ConnectError): string | undefined {
  const isHidden = code === 'ERR_LOAD_FAILED' || code === 'ERR_FRAME_BLOCKED'
  const connectUrl = token?.created.connectLinkUrl
  if (!isHidden || !token || !connectUrl) return undefined
  try {
    // It accepts the same query (inferred). No dialog with a close button of its own is around it.
    return readConnectUrl({ ...target, ...token, connectUrl, hideClose: false }).href
  } catch {
    // Only http and https links are offered.
    return undefined
  }
}
