import type { FlowStatus } from './store/flows.ts'

/** An error that we meant: it is part of the schema, and its sentence is for the person who reads it. */
export abstract class MeantError extends Error {}

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
