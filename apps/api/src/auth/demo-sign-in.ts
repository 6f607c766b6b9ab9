import { z } from 'zod'
import { type Reply, sentence } from '../http/reply.ts'
import { type Handlers, isJson, refuseOtherThanJson, type Visit } from '../http/router.ts'
import type { Site } from '../http/site.ts'
import { type Sessions, sha256 } from '../store/secrets.ts'
import { isIssuedFor, readCookie, writeCookie } from './cookies.ts'
import { createCodeCheck } from './start-code.ts'
import { EXTERNAL_USER_ID_MAX } from './viewer.ts'

const BODY_MAX = 10_000

const HOW = 'Send {"externalUserId": "..."}.'

const fields = {
  externalUserId: z
    .string({ error: HOW })
    .trim()
    .min(1, 'Enter a name. “externalUserId” must not be empty.')
    .max(
      EXTERNAL_USER_ID_MAX,
      `Name too long. “externalUserId” can have up to ${EXTERNAL_USER_ID_MAX} characters.`,
    )
    .refine(
      (name) => name.isWellFormed() && !name.includes('\0'),
      'Enter another name. “externalUserId” contains an invalid character.',
    ),
  role: z
    .enum(['user', 'operator'], { error: '“role” must be “user” or “operator”.' })
    .default('user'),
  code: z.string({ error: 'Send the code as a string.' }).max(100, 'Code too long.').default(''),
}

const signInBody = z.object(fields, { error: HOW })

type SignInBody = z.infer<typeof signInBody>

/** Who may use demo sign-in. */
export interface DemoAccess {
  /** The code to sign in with, and then never as an operator; undefined: the emulator is behind, so none is needed. */
  startCode?: string | undefined
}

interface DemoSignIn extends DemoAccess {
  sessions: Sessions
  site: Site
  now: () => Date
  /** Called when a session has ended, with the cookie's value. */
  onSessionEnd: (secret: string) => void
  /** Called when a browser loses its cookie, with the cookie's hash. */
  onBrowserEnd: (hash: string) => Promise<void>
}

/** Routes for demo sign-in and for sign-out. */
export function createDemoRoutes(
  demo: DemoSignIn,
): Pick<Handlers, '/auth/demo' | '/auth/sign-out'> {
  const { startCode } = demo
  const refuseCode =
    startCode === undefined ? undefined : createCodeRefusal(createCodeCheck(startCode))
  return {
    '/auth/demo': {
      POST: (visit) =>
        visit.mayDemo ? signIn(visit, demo, refuseCode) : sentence(403, NO_DEMO_SIGN_IN),
    },
    '/auth/sign-out': { POST: ({ request }) => signOut(request, demo) },
  }
}

// No setting is named here: an operator who reads this behind a proxy must not switch on what is off for a reason.
const NO_DEMO_SIGN_IN =
  'Demo sign-in is not available here. Sign in through the product that uses this gateway.'

type CodeRefusal = (body: SignInBody, now: Date) => Reply | undefined

function createCodeRefusal(check: ReturnType<typeof createCodeCheck>): CodeRefusal {
  return ({ code, role }, now) => {
    const result = check(code, now)
    if (typeof result === 'number') {
      const seconds = Math.ceil(result / 1000)
      return sentence(429, `Too many wrong codes. Try again in ${seconds} seconds.`, {
        'retry-after': String(seconds),
      })
    }
    if (result === 'wrong') return sentence(403, WRONG_CODE)
    return role === 'operator' ? sentence(403, NO_OPERATOR) : undefined
  }
}

const WRONG_CODE =
  'Wrong start code. Enter the one that the gateway has printed in its terminal, or open the link next to it.'
const NO_OPERATOR =
  'Demo sign-in is for users only, because this gateway has a real project. Operators sign in with a JWT.'

/** `POST /auth/demo`: signs in with any name, without a password. Responds with 204 and a cookie. */
async function signIn(
  { request, body: text }: Visit,
  demo: DemoSignIn,
  refuseCode: CodeRefusal | undefined,
): Promise<Reply> {
  if (!isJson(request)) return refuseOtherThanJson()
  if (text.length > BODY_MAX) return sentence(413, 'Name too long.')
  const body = signInBody.safeParse(parseJson(text))
  if (!body.success) {
    return sentence(400, body.error.issues[0]?.message ?? HOW)
  }
  const refusal = refuseCode?.(body.data, demo.now())
  if (refusal) return refusal
  await endSession(request, demo)
  const { secret, expiresAt } = await demo.sessions.create(body.data, demo.now())
  const browser = readCookie(request, 'browser', demo.site)
  const isTheirs = browser !== undefined && isIssuedFor(browser, body.data.externalUserId)
  if (isTheirs) return noContent([session(secret, expiresAt, demo)])
  return noContent([session(secret, expiresAt, demo), await endBrowser(request, demo)])
}

/** `POST /auth/sign-out`: ends the session. Responds with 204 even without a session. */
async function signOut(request: Request, demo: DemoSignIn): Promise<Reply> {
  await endSession(request, demo)
  return noContent([session('', NEVER, demo), await endBrowser(request, demo)])
}

async function endSession(
  request: Request,
  { sessions, site, onSessionEnd }: DemoSignIn,
): Promise<void> {
  const secret = readCookie(request, 'session', site)
  if (secret === undefined) return
  await sessions.delete(secret)
  onSessionEnd(secret)
}

const NEVER = new Date(0)

function session(value: string, expires: Date, { site }: DemoSignIn): string {
  return writeCookie('session', value, { site, expires })
}

// The next user of this browser must not be able to confirm a flow of the previous one.
async function endBrowser(request: Request, demo: DemoSignIn): Promise<string> {
  const { site, onBrowserEnd } = demo
  const secret = readCookie(request, 'browser', site)
  if (secret !== undefined) await onBrowserEnd(sha256(secret))
  return writeCookie('browser', '', { site, expires: NEVER })
}

function noContent(cookies: string[]): Reply {
  return { status: 204, headers: {}, body: null, cookies }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
