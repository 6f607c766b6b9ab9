import { createBrowser, setBrowserCookie } from '../auth/cookies.ts'
import { readSession } from '../auth/viewer.ts'
import { type Reply, sentence } from '../http/reply.ts'
import type { Handlers, Visit } from '../http/router.ts'
import { pathTo } from '../http/routes.ts'
import type { Site } from '../http/site.ts'
import { callAs } from '../pipedream/upstream-caller.ts'
import type { Services } from '../services.ts'
import type { Sessions } from '../store/secrets.ts'
import { type Arrival, finishPage } from './finish-page.ts'
import { pipedreamWebhook } from './pipedream-webhook.ts'

// The secret has 256 bits. Anything of another form is rejected without a database query.
const SECRET = /^[\w-]{43}$/

/** The two routes whose URLs contain a flow's secret. */
export function createFlowRoutes(
  services: Services,
  { sessions, site }: { sessions: Sessions; site: Site },
): Pick<Handlers, '/webhooks/pipedream/:flowSecret' | '/connect/finish/:flowSecret'> {
  async function finish({ request, url, address, credentials }: Visit): Promise<Reply> {
    const session = await readSession(credentials, { sessions, now: services.now })
    // A browser stores the cookies of a page that it navigates to, from whatever site.
    const browser = createBrowser(credentials.browserSecret, { keepsCookies: true })
    const reply = await finishPage(
      {
        secret: address.param,
        browser,
        signedIn: session?.externalUserId,
        hasFailed: url.searchParams.has('failed'),
        method: methodOf(request),
        accountsPath: pathTo(site.basePath, '/accounts'),
      },
      services,
    )
    setBrowserCookie(reply, browser, { site, now: services.now() })
    return reply
  }

  // Anyone who knows the address may call it, so its calls to Pipedream use the budget of the flow's owner.
  function ofOwner(handle: (visit: Visit) => Promise<Reply>) {
    return withSecret(async (visit) => {
      const flow = await services.flows.findBySecret(visit.address.param)
      const externalUserId = flow?.externalUserId ?? null
      return callAs({ externalUserId, share: 'urgent' }, () => handle(visit))
    })
  }

  return {
    '/webhooks/pipedream/:flowSecret': {
      POST: withSecret(({ address, body }) => pipedreamWebhook(body, address.param, services)),
    },
    '/connect/finish/:flowSecret': { GET: ofOwner(finish), POST: ofOwner(finish) },
  }
}

function methodOf({ method }: Request): Arrival['method'] {
  return method === 'POST' || method === 'HEAD' ? method : 'GET'
}

function withSecret(handle: (visit: Visit) => Promise<Reply>) {
  return async (visit: Visit): Promise<Reply> =>
    SECRET.test(visit.address.param) ? handle(visit) : sentence(404, 'Not found.')
}
