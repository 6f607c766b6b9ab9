import { isDeepStrictEqual } from 'node:util'
import { InvalidBearer, OtherViewer, UnknownBearer } from '../errors.ts'
import type { Site } from '../http/site.ts'
import { noteRequest } from '../observability/log.ts'
import { isSameSecret, type Sessions, sha256 } from '../store/secrets.ts'
import { readCookie } from './cookies.ts'
import type { VerifyJwt } from './verify-jwt.ts'

/** Who makes this request. Identity comes from here alone, never from a field's input. */
export type Viewer =
  | { kind: 'user'; externalUserId: string }
  | { kind: 'operator'; externalUserId: string }
  | { kind: 'service' }

/** A viewer who is a person, with accounts of their own. */
export type Person = Exclude<Viewer, { kind: 'service' }>

/** Pipedream's limit on an external user id, in characters. */
export const EXTERNAL_USER_ID_MAX = 250

export interface ViewerSources {
  sessions: Sessions
  /** SHA-256 of the service key; undefined: there is no service viewer. */
  serviceKeyHash: string | undefined
  /** Undefined: nobody arrives with a JWT. */
  verifyJwt: VerifyJwt | undefined
  now: () => Date
}

/** The credentials that a request brought. */
export interface Credentials {
  authorization: string | null
  /** The cookie of demo sign-in; undefined where sessions do not count. */
  sessionSecret: string | undefined
  /** The cookie of the browser that starts flows. */
  browserSecret: string | undefined
  /** Who the page that asks believes to be signed in, as `encodeURIComponent` writes it; null: it does not say. */
  expectedViewer: string | null
}

/** Reads everything in a request that says who sends it. Session cookies count only where demo sign-in exists. */
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

/** The bearer token of a request; undefined: it brings none, or another kind of authorization. */
export function bearerOf({
  authorization,
}: Pick<Credentials, 'authorization'>): string | undefined {
  return /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]
}

/**
 * Reads who makes a request; `undefined` when it brings no credentials, or a session that has ended. A bearer beats
 * the cookie, which is not even looked at. Throws a `Refusal`: a bearer that we do not know is never nobody.
 */
export async function readViewer(
  credentials: Credentials,
  sources: ViewerSources,
): Promise<Viewer | undefined> {
  const { authorization, expectedViewer } = credentials
  const viewer =
    authorization === null
      ? await readSession(credentials, sources)
      : await readBearer(credentials, sources)
  noteViewer(viewer)
  if (expectedViewer !== null && !isExpected(viewer, expectedViewer)) throw new OtherViewer()
  return viewer
}

// Whose request it was can be told from the hash of a name that is known, but no name from the log.
function noteViewer(viewer: Viewer | undefined): void {
  noteRequest({
    viewerKind: viewer?.kind ?? 'nobody',
    ...(viewer &&
      viewer.kind !== 'service' && { viewerHash: sha256(viewer.externalUserId).slice(0, 16) }),
  })
}

/** Reads who is signed in by the cookie of demo sign-in, also where a bearer would win. */
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
): Promise<Viewer> {
  const bearer = bearerOf(credentials)
  if (bearer === undefined) throw new InvalidBearer('Send “authorization: Bearer ...”, or none.')
  if (isSameSecret(bearer, serviceKeyHash)) return { kind: 'service' }
  if (verifyJwt) return verifyJwt(bearer)
  throw new UnknownBearer('This bearer is not known here.')
}

// Encoded, because a header holds no more than Latin letters, and a name may hold any.
function isExpected(viewer: Viewer | undefined, expected: string): boolean {
  if (!viewer || viewer.kind === 'service') return false
  return expected === encodeURIComponent(viewer.externalUserId)
}

/** Whether credentials stand for the viewer that they stood for; also while that cannot be found out. */
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
