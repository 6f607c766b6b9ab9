import { readCookie } from '../http/cookies.ts'
import type { Services } from '../services.ts'
import { sha256 } from '../store/sha256.ts'
import type { Site } from '../http/site.ts'
import type { Sessions } from '../store/sessions.ts'
import { connectFinish } from './connect-finish.ts'
import { pipedreamWebhook } from './pipedream-webhook.ts'
import { sentence } from '../http/responses.ts'
import type { Route, Visit } from '../http/router.ts'

// 256 bits, as a flow's addresses are made. Anything else is not even looked for.
const SECRET = /^[\w-]{43}$/

/** The two addresses that each flow has of its own. */
export function createFlowRoutes(
  services: Services,
  { sessions, site }: { sessions: Sessions; site: Site },
): Record<string, Route> {
  async function readSession(request: Request): Promise<string | undefined> {
    const secret = readCookie(request, 'session', site)
    const session = secret === undefined ? undefined : await sessions.get(secret, services.now())
    return session?.externalUserId
  }

  async function finish({ request, address, mayDemo }: Visit): Promise<Response> {
    const cookie = readCookie(request, 'browser', site)
    return connectFinish(
      {
        secret: address.param,
        browserHash: cookie === undefined ? undefined : sha256(cookie),
        signedIn: mayDemo ? await readSession(request) : undefined,
        hasFailed: new URL(request.url).searchParams.has('failed'),
        isLook: request.method === 'HEAD',
        accountsPath: `${site.basePath}/accounts`,
      },
      services,
    )
  }

  return {
    '/webhooks/pipedream/:flowSecret': {
      POST: withSecret(({ request, address }) =>
        pipedreamWebhook(request, address.param, services),
      ),
    },
    '/connect/finish/:flowSecret': { GET: withSecret(finish) },
  }
}

function withSecret(answer: (visit: Visit) => Promise<Response>) {
  return async (visit: Visit): Promise<Response> =>
    SECRET.test(visit.address.param) ? answer(visit) : sentence(404, 'There is nothing here.')
}
