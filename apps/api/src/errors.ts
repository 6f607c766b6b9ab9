import { PipedreamError } from 'pipedream-client/server'
import type { SignedInContext } from './context.ts'
import type { NewEvent } from './store/events.ts'
import type { FlowStatus } from './store/flows.ts'

/** An error that is part of the schema. Its message is written for the user. */
abstract class MeantError extends Error {}

export class InvalidInput extends MeantError {
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

export class NotSignedIn extends MeantError {
  constructor() {
    super('You’re signed out. Sign in and try again.')
  }
}

export class NotAllowed extends MeantError {}

export class UnknownApp extends MeantError {
  readonly slug: string
  constructor(slug: string) {
    super(`Unknown app “${slug}”. Find its slug with the “apps” query.`)
    this.slug = slug
  }
}

export class AccountNotFound extends MeantError {
  readonly accountId: string
  constructor(accountId: string) {
    super('This account has already been disconnected, or isn’t yours. Reload the list.')
    this.accountId = accountId
  }
}

export class AccountMismatch extends MeantError {
  readonly accountId: string
  constructor(accountId: string) {
    super('This account doesn’t belong to this connection. Start again from “Connect”.')
    this.accountId = accountId
  }
}

export class FlowNotFound extends MeantError {
  readonly flowId: string
  constructor(flowId: string) {
    super('This connection wasn’t found. Start again from “Connect”.')
    this.flowId = flowId
  }
}

export class FlowClosed extends MeantError {
  readonly status: FlowStatus
  constructor(status: FlowStatus) {
    super(`This connection has already ended (${status}). Start again from “Connect”.`)
    this.status = status
  }
}

export class StartedElsewhere extends MeantError {
  constructor() {
    super('This connection was started in another browser. Start again from “Connect” in this one.')
  }
}

export class PlanChanged extends MeantError {
  constructor() {
    super(
      'The list has changed since the preview. No accounts were disconnected. Review the plan again.',
    )
  }
}

export class RateLimited extends MeantError {
  readonly retryAfterMs: number
  constructor(retryAfterMs: number) {
    super(`Too many connection attempts. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`)
    this.retryAfterMs = retryAfterMs
  }
}

/** Rejects a request before it is processed, with an HTTP status, because no GraphQL field is involved yet. */
export abstract class Refusal extends Error {
  abstract readonly status: number
  abstract readonly headers: Readonly<Record<string, string>>
}

/** The bearer token is invalid. The message says why, and contains nothing of the token. */
export class InvalidBearer extends Refusal {
  readonly status = 401
  readonly headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
}

/** The bearer token has an unknown form. The message also says which tokens are accepted. */
export class UnknownBearer extends InvalidBearer {
  /** What is wrong, as a sentence. */
  readonly why: string
  constructor(why: string, whichCount = WHICH_BEARERS_COUNT) {
    super(`${why} ${whichCount}`)
    this.why = why
  }
}

const WHICH_BEARERS_COUNT =
  'Send the gateway’s SERVICE_KEY, or a user’s JWT if AUTH_JWKS_URL is set.'

/** The signing keys cannot be fetched, so the token can be neither accepted nor rejected. */
export class KeysUnavailable extends Refusal {
  readonly status = 503
  readonly headers = { 'retry-after': '5' }
  constructor(options: ErrorOptions) {
    super('We can’t check your sign-in right now. Try again in a minute.', options)
  }
}

/** The page was loaded for a different user than the one who is signed in now. */
export class OtherViewer extends Refusal {
  readonly status = 409
  readonly headers = {}
  constructor() {
    super('The signed-in user has changed or signed out. Nothing was done. Reload the page.')
  }
}

/** The caller has exceeded a rate limit. */
export class TooManyRequests extends Refusal {
  readonly status = 429
  readonly headers: Readonly<Record<string, string>>
  constructor(retryAfterMs: number) {
    const seconds = Math.ceil(retryAfterMs / 1000)
    super(`Too many requests. Try again in ${seconds} s.`)
    this.headers = { 'retry-after': String(seconds) }
  }
}

/** Reads an optional string. Throws `InvalidInput` if it is empty or contains an invalid character. */
export function readText(field: string, value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  if (value.trim() === '') throw new InvalidInput(field, `“${field}” is empty. Omit it instead.`)
  // The databases do not store NUL in a string.
  if (!value.isWellFormed() || value.includes('\0'))
    throw new InvalidInput(field, `“${field}” contains an invalid character.`)
  return value
}

export type Refused = Omit<NewEvent, 'at' | 'requestId' | 'reason' | 'viewerKind'>

/**
 * Runs an action, and logs it as an event if it is refused or fails. `refused` is read after the failure, so the action can
 * add to it; nothing else of the input is logged.
 */
export async function recordRefusal<Result>(
  refused: Refused,
  { viewer, events }: SignedInContext,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const externalUserId = viewer.kind === 'service' ? null : viewer.externalUserId
    const about = { externalUserId, ...refused, viewerKind: viewer.kind }
    const reason = reasonOf(error)
    if (reason !== undefined) await events.record({ ...about, reason })
    // The log itself may be what failed, so the first error is the one to throw.
    else await events.record({ ...about, reason: 'unexpected' }).catch(() => {})
    throw error
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof PipedreamError) return error.code
  return error instanceof MeantError ? error.constructor.name : undefined
}
