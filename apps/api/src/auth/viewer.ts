import { isDeepStrictEqual } from 'node:util'
import { InvalidBearer, OtherViewer, UnknownBearer } from '../errors.ts'
import type { Site } from '../http/site.ts'
import { noteRequest } from '../observability/log.ts'
import { isSameSecret, type Sessions, sha256 } from '../store/secrets.ts'
import { readCookie } from './cookies.ts'
import type { VerifyJwt } from './verify-jwt.ts'

/** Who makes this request. Identity always comes from here, never from a field's input. */
export type Viewer =
  | { kind: 'user'; externalUserId: string }
  | { kind: 'operator'; externalUserId: string }
  | { kind: 'service' }

/** A viewer with accounts: a user or an operator. */
export type Person = Exclude<Viewer, { kind: 'service' }>

/** A viewer, as a request's credentials tell. */
export interface Identity<Kind extends Viewer | undefined = Viewer | undefined> {
  viewer: Kind
  /** When the credentials expire, if they say so themselves. */
  expiresAt?: Date
}

/** Pipedream's limit on an external user ID, in characters. */
export const EXTERNAL_USER_ID_MAX = 250

export interface ViewerSources {
  sessions: Sessions
  /** SHA-256 of the service key; undefined: services cannot sign in. */
  serviceKeyHash: string | undefined
  /** Undefined: JWTs are not accepted. */
  verifyJwt: VerifyJwt | undefined
  now: () => Date
}

/** The credentials that a request contains. */
export interface Credentials {
  authorization: string | null
  /** The cookie of demo sign-in; undefined where demo sign-in is off. */
  sessionSecret: string | undefined
  /** The cookie of the browser that starts flows. */
  browserSecret: string | undefined
  /** The user that the page believes to be signed in, encoded with `encodeURIComponent`; null: not given. */
  expectedViewer: string | null
}

/** Reads all credentials of a request. Session cookies count only where demo sign-in exists. */
export function readCredentials(
  request: Request,
  { site, mayDemo }: { site: Site; mayDemo: boolean },
): Credentials {
  return {
    authorization: request.headers.get('authorization'),
    sessionSecret: mayDemo ? readCookie(request, 'session', site) : undefined,
    browserSecret: readCookie(request, 'browser', site),
    expectedViewer: request.headers.get('x-expected-viewer'),
  }
}

/** The bearer token of a request; undefined if it has none, or another kind of authorization. */
export function bearerOf({
  authorization,
}: Pick<Credentials, 'authorization'>): string | undefined {
  return /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]
}

/**
 * Returns the viewer of a request; `undefined` without credentials, or with an expired session. A bearer token wins over
 * the cookie, which is then ignored. Throws a `Refusal`: an unknown bearer token is an error, never an anonymous viewer.
 */
export async function readViewer(
  credentials: Credentials,
  sources: ViewerSources,
): Promise<Viewer | undefined> {
  return (await readIdentity(credentials, sources)).viewer
}

/** Like `readViewer`, with the expiry of the credentials. */
export async function readIdentity(
  credentials: Credentials,
  sources: ViewerSources,
): Promise<Identity> {
  const { authorization, expectedViewer } = credentials
  const identity =
    authorization === null
      ? { viewer: await readSession(credentials, sources) }
      : await readBearer(credentials, sources)
  const { viewer } = identity
  noteViewer(viewer)
  if (expectedViewer !== null && !isExpected(viewer, expectedViewer)) throw new OtherViewer()
  return identity
}

// The hash lets an operator find the requests of a known user, without user IDs in the log.
function noteViewer(viewer: Viewer | undefined): void {
  noteRequest({
    viewerKind: viewer?.kind ?? 'anonymous',
    ...(viewer &&
      viewer.kind !== 'service' && { viewerHash: sha256(viewer.externalUserId).slice(0, 16) }),
  })
}

/** Reads the user signed in with the demo cookie, even where a bearer token would win. */
export async function readSession(
  { sessionSecret }: Pick<Credentials, 'sessionSecret'>,
  { sessions, now }: Pick<ViewerSources, 'sessions' | 'now'>,
): Promise<Person | undefined> {
  const session = sessionSecret === undefined ? undefined : await sessions.get(sessionSecret, now())
  return session && { kind: session.role, externalUserId: session.externalUserId }
}

async function readBearer(
  credentials: Credentials,
  { serviceKeyHash, verifyJwt }: ViewerSources,
): Promise<Identity> {
  const bearer = bearerOf(credentials)
  if (bearer === undefined)
    throw new InvalidBearer('Send “authorization: Bearer ...”, or no header.')
  if (isSameSecret(bearer, serviceKeyHash)) return { viewer: { kind: 'service' } }
  if (verifyJwt) return verifyJwt(bearer)
  throw new UnknownBearer('Unknown bearer token.')
}

// Encoded, because a header holds Latin-1 only, and a user ID can contain any character.
function isExpected(viewer: Viewer | undefined, expected: string): boolean {
  if (!viewer || viewer.kind === 'service') return false
  return expected === encodeURIComponent(viewer.externalUserId)
}

/** Whether credentials still belong to the same viewer; true also while that cannot be determined. */
export async function isStillSignedIn(
  viewer: Viewer | undefined,
  credentials: Credentials,
  sources: ViewerSources,
): Promise<boolean> {
  try {
    return isDeepStrictEqual(await readViewer(credentials, sources), viewer)
  } catch (error) {
    return !(error instanceof InvalidBearer || error instanceof OtherViewer)
  }
}
