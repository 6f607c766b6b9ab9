import { PipedreamError } from 'pipedream-client/server'
import type { SignedInContext } from './context.ts'
import type { NewEvent } from './store/events.ts'
import type { FlowStatus } from './store/flows.ts'

/** An error that we meant: it is part of the schema, and its sentence is for the person who reads it. */
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
    super('Nobody is signed in. Sign in and try again.')
  }
}

export class NotAllowed extends MeantError {}

export class UnknownApp extends MeantError {
  readonly slug: string
  constructor(slug: string) {
    super(`There is no app “${slug}”. Look its slug up with the “apps” query.`)
    this.slug = slug
  }
}

export class AccountNotFound extends MeantError {
  readonly accountId: string
  constructor(accountId: string) {
    super(
      'There is no such account among yours. It may have been disconnected already; reload the list.',
    )
    this.accountId = accountId
  }
}

export class AccountMismatch extends MeantError {
  readonly accountId: string
  constructor(accountId: string) {
    super('This account does not come from this connection attempt. Start again from “Connect”.')
    this.accountId = accountId
  }
}

export class FlowNotFound extends MeantError {
  readonly flowId: string
  constructor(flowId: string) {
    super('There is no such connection attempt of yours. Start again from “Connect”.')
    this.flowId = flowId
  }
}

export class FlowClosed extends MeantError {
  readonly status: FlowStatus
  constructor(status: FlowStatus) {
    super(`This connection attempt is over (${status}). Start again from “Connect”.`)
    this.status = status
  }
}

export class StartedElsewhere extends MeantError {
  constructor() {
    super(
      'This connection was started in another browser, so it cannot be finished here. Start again from “Connect” in this one.',
    )
  }
}

export class PlanChanged extends MeantError {
  constructor() {
    super(
      'What would be disconnected has changed since the dry run. Nothing was done: look at the plan again.',
    )
  }
}

export class RateLimited extends MeantError {
  readonly retryAfterMs: number
  constructor(retryAfterMs: number) {
    super(
      `These are too many connection attempts in a short time. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    )
    this.retryAfterMs = retryAfterMs
  }
}

/** Why a request is refused before anything of it is done: answered over HTTP, for no field has been asked yet. */
export abstract class Refusal extends Error {
  abstract readonly status: number
  abstract readonly headers: Readonly<Record<string, string>>
}

/** The bearer is not one that we can believe; the message says why, and nothing of what is in it. */
export class InvalidBearer extends Refusal {
  readonly status = 401
  readonly headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
}

/** A bearer that nothing here recognizes; the message also says which bearers count. */
export class UnknownBearer extends InvalidBearer {
  /** What is wrong, in a sentence. */
  readonly why: string
  constructor(why: string, whichCount = WHICH_BEARERS_COUNT) {
    super(`${why} ${whichCount}`)
    this.why = why
  }
}

const WHICH_BEARERS_COUNT =
  'Send the gateway’s SERVICE_KEY, or a JWT of your users where AUTH_JWKS_URL is set.'

/** The keys that sign bearers cannot be had: nobody knows whether this one is good. */
export class KeysUnavailable extends Refusal {
  readonly status = 503
  readonly headers = { 'retry-after': '5' }
  constructor(options: ErrorOptions) {
    super('Sign-in cannot be checked just now. Try again in a moment.', options)
  }
}

/** The page that asks shows another person than the one who is signed in now. */
export class OtherViewer extends Refusal {
  readonly status = 409
  readonly headers = {}
  constructor() {
    super('Somebody else is signed in now. Nothing was done; reload the page.')
  }
}

/** Whoever asks has asked too often. */
export class TooManyRequests extends Refusal {
  readonly status = 429
  readonly headers: Readonly<Record<string, string>>
  constructor(retryAfterMs: number) {
    const seconds = Math.ceil(retryAfterMs / 1000)
    super(`These are too many requests. Try again in ${seconds} s.`)
    this.headers = { 'retry-after': String(seconds) }
  }
}

/** A text that may be left out; when it is there it must say something. Throws `InvalidInput`. */
export function readText(field: string, value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  if (value.trim() === '')
    throw new InvalidInput(field, `“${field}” is empty: leave it out instead.`)
  // No database of ours takes a NUL in a text, and nobody means one.
  if (!value.isWellFormed() || value.includes('\0'))
    throw new InvalidInput(field, `“${field}” is no text: a character is broken.`)
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
