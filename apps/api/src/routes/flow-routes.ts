import { readCookie } from '../cookies.ts'
import type { Gateway } from '../gateway.ts'
import { sha256 } from '../sha256.ts'
import type { Sessions } from '../store/sessions.ts'
import { connectFinish } from './connect-finish.ts'
import { pipedreamWebhook } from './pipedream-webhook.ts'

// 256 bits, as a flow's addresses are made. Anything else is not even looked for.
const WEBHOOK = /^POST \/webhooks\/pipedream\/([\w-]{43})$/
const FINISH = /^GET \/connect\/finish\/([\w-]{43})$/

/** The two addresses that each flow has of its own. A route is a method and a path. */
export function createFlowRoutes(
  gateway: Gateway,
  { sessions, secure }: { sessions: Sessions; secure: boolean },
) {
  async function readSession(request: Request): Promise<string | undefined> {
    const secret = readCookie(request, 'session', secure)
    const session = secret === undefined ? undefined : await sessions.get(secret, gateway.now())
    return session?.externalUserId
  }

  return {
    has: (route: string): boolean => WEBHOOK.test(route) || FINISH.test(route),
    /** `mayUseSession`: whether a session cookie counts. */
    async answer(request: Request, route: string, mayUseSession: boolean): Promise<Response> {
      const webhookSecret = WEBHOOK.exec(route)?.[1]
      if (webhookSecret !== undefined) return pipedreamWebhook(request, webhookSecret, gateway)
      const cookie = readCookie(request, 'browser', secure)
      return connectFinish(
        {
          secret: FINISH.exec(route)?.[1] ?? '',
          browserHash: cookie === undefined ? undefined : sha256(cookie),
          signedIn: mayUseSession ? await readSession(request) : undefined,
          hasFailed: new URL(request.url).searchParams.has('failed'),
        },
        gateway,
      )
    },
  }
}
