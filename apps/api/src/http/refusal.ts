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
