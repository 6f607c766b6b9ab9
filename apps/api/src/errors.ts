import type { FlowStatus } from './store/tables.ts'

/** An error that is part of the schema. Its message is written for the user. */
export abstract class UserFacingError extends Error {}

export class InvalidInput extends UserFacingError {
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

export class NotSignedIn extends UserFacingError {
  constructor() {
    super('You’re signed out. Sign in and try again.')
  }
}

export class NotAllowed extends UserFacingError {}

export class UnknownApp extends UserFacingError {
  readonly slug: string
  constructor(slug: string) {
    super(`Unknown app “${slug}”. Find its slug with the “apps” query.`)
    this.slug = slug
  }
}

export class AccountNotFound extends UserFacingError {
  readonly accountId: string
  constructor(accountId: string) {
    super('This account has already been disconnected, or isn’t yours. Reload the list.')
    this.accountId = accountId
  }
}

export class AccountMismatch extends UserFacingError {
  readonly accountId: string
  constructor(accountId: string) {
    super('This account doesn’t belong to this connection. Start again from “Connect”.')
    this.accountId = accountId
  }
}

export class FlowNotFound extends UserFacingError {
  readonly flowId: string
  constructor(flowId: string) {
    super('This connection wasn’t found. Start again from “Connect”.')
    this.flowId = flowId
  }
}

export class FlowClosed extends UserFacingError {
  readonly status: FlowStatus
  constructor(status: FlowStatus) {
    super(`This connection has already ended (${status}). Start again from “Connect”.`)
    this.status = status
  }
}

export class StartedElsewhere extends UserFacingError {
  constructor() {
    super('This connection was started in another browser or app. Start again from “Connect” here.')
  }
}

/** More events were missed than a subscription sends. */
export class EventsSkipped extends UserFacingError {
  /** The newest event, after which to subscribe once the lists are read again. */
  readonly lastEventId: string
  constructor(lastEventId: string) {
    super('Too many events were missed. Read the lists again, and subscribe after “lastEventId”.')
    this.lastEventId = lastEventId
  }
}

export class FinishedElsewhere extends UserFacingError {
  constructor() {
    super(
      'This account was connected in another browser or by another user, so you can only remove it. If it’s yours, contact support.',
    )
  }
}

export class FlowStillOpen extends UserFacingError {
  constructor() {
    super('This connection is still in progress. Finish or cancel it first.')
  }
}

/** The account is being deleted at Pipedream. If that fails, it stays held and can be kept. */
export class RemovalInProgress extends UserFacingError {
  readonly accountId: string
  constructor(accountId: string) {
    super(
      'This account is being removed. Reload the list in a minute: if it’s still there, try again.',
    )
    this.accountId = accountId
  }
}

export class PlanChanged extends UserFacingError {
  constructor() {
    super(
      'The list has changed since the preview. No accounts were disconnected. Review the plan again.',
    )
  }
}

export class RateLimited extends UserFacingError {
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
  constructor(why: string, accepted = ACCEPTED_BEARERS) {
    super(`${why} ${accepted}`)
    this.why = why
  }
}

const ACCEPTED_BEARERS = 'Send the gateway’s SERVICE_KEY, or a user’s JWT if AUTH_JWKS_URL is set.'

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
