import type { RecordedRequest } from './recorder.ts'
import * as samples from './samples.ts'

/** Responds as Pipedream documents. With one entry per page, lists have a second page. Workflows and unknown hosts return `{ ok: true }`. */
export function respondNormally(request: RecordedRequest): Response {
  const { method, url } = request
  if (!url.pathname.startsWith('/v1/')) return Response.json({ ok: true })
  const asked = `${method} ${url.pathname}`
  const found = ROUTES.find(([route]) => new RegExp(`^${route}$`).test(asked))
  if (found === undefined) return Response.json({ error: 'record not found' }, { status: 404 })
  return found[1](request)
}

function respondWithToken(): Response {
  return Response.json({ access_token: 'an-access-token', token_type: 'Bearer', expires_in: 3600 })
}

type Route = readonly [pattern: string, respond: (request: RecordedRequest) => Response]

const PROJECT = '/v1/connect/proj_AbC123'
const ONE = '[^/]+'

const json = (body: unknown) => () => Response.json(body)
const data = (body: unknown) => () => Response.json({ data: body })
const nothing = () => new Response(null, { status: 204 })

const list = (entry: unknown) => (request: RecordedRequest) => {
  const { searchParams } = request.url
  const isMore = searchParams.get('limit') === '1' && !searchParams.has('after')
  const page_info = {
    total_count: 2,
    count: 1,
    start_cursor: 'A==',
    end_cursor: isMore ? 'B==' : null,
  }
  return Response.json({ data: [entry], page_info })
}

const components = ['components', 'actions', 'triggers'].flatMap((family): Route[] => [
  [`GET ${PROJECT}/${family}`, list(samples.component)],
  [`GET ${PROJECT}/${family}/${ONE}`, data(samples.component)],
  [`POST ${PROJECT}/${family}/configure`, json(samples.configuredProp)],
  [`POST ${PROJECT}/${family}/props`, json(samples.reloadedProps)],
])

const deployed = `${PROJECT}/deployed-triggers`

// The first match is used: fixed paths come before patterns.
const ROUTES: readonly Route[] = [
  ['POST /v1/oauth/token', respondWithToken],
  [`POST ${PROJECT}/tokens`, json(samples.connectToken)],
  [`GET /v1/connect/tokens/${ONE}/validate`, json(samples.validation)],
  [`GET ${PROJECT}/accounts`, list(samples.account)],
  [`POST ${PROJECT}/accounts`, json(samples.account)],
  [`GET ${PROJECT}/accounts/${ONE}`, json(samples.account)],
  [`DELETE ${PROJECT}/(?:accounts|users|oauth_apps|app_overrides)/${ONE}`, nothing],
  [`DELETE ${PROJECT}/apps/${ONE}/accounts`, nothing],
  [`GET ${PROJECT}/users/${ONE}/accounts`, json([samples.account])],
  [`GET ${PROJECT}/users`, list(samples.user)],
  [`GET /v1/connect/apps`, list(samples.app)],
  [`GET /v1/connect/apps/${ONE}`, data(samples.app)],
  [`GET /v1/connect/app_categories`, json([samples.appCategory])],
  [`GET /v1/connect/app_categories/${ONE}`, json(samples.appCategory)],
  [`GET ${PROJECT}/oauth_apps`, list(samples.oauthApp)],
  [`(?:POST|GET|PUT) ${PROJECT}/oauth_apps(?:/${ONE})?`, json(samples.oauthApp)],
  [`GET ${PROJECT}/app_overrides`, list(samples.appOverride)],
  [`(?:POST|GET|PUT) ${PROJECT}/app_overrides(?:/${ONE})?`, json(samples.appOverride)],
  ...components,
  [`POST ${PROJECT}/actions/run`, json(samples.actionRun)],
  [`POST ${PROJECT}/triggers/deploy`, data(samples.deployedTrigger)],
  [`GET ${deployed}`, list(samples.deployedTrigger)],
  [`(?:GET|PUT) ${deployed}/${ONE}`, data(samples.deployedTrigger)],
  [`DELETE ${deployed}/${ONE}`, nothing],
  [`GET ${deployed}/${ONE}/events`, data([samples.emittedEvent])],
  [`(?:GET|PUT) ${deployed}/${ONE}/pipelines`, json({ workflow_ids: ['p_1'] })],
  [`(?:GET|PUT) ${deployed}/${ONE}/webhooks`, json({ webhook_urls: [], webhooks: [] })],
  [`GET ${deployed}/${ONE}/webhooks/${ONE}`, data(samples.webhook)],
  [`POST ${deployed}/${ONE}/webhooks/${ONE}/regenerate_signing_key`, data(samples.webhook)],
  [`(?:GET|PUT) ${PROJECT}/webhook`, data(samples.webhook)],
  [`DELETE ${PROJECT}/webhook`, nothing],
  [`POST ${PROJECT}/webhook/regenerate_signing_key`, data(samples.webhook)],
  [`GET /v1/connect/projects`, list(samples.project)],
  [`(?:POST|GET|PATCH) /v1/connect/projects(?:/${ONE})?`, json(samples.project)],
  [`DELETE /v1/connect/projects/${ONE}`, nothing],
  [`POST /v1/connect/projects/${ONE}/logo`, () => new Response('')],
  [`GET ${PROJECT}/projects/info`, json({ apps: [{ id: 'oa_1', name_slug: 'slack' }] })],
  [`GET /v1/connect/usage`, data([samples.usagePeriod])],
  [`GET ${PROJECT}/file_stash/download`, () => new Response('a,b\n1,2\n')],
  [`${ONE} ${PROJECT}/proxy/${ONE}`, json({ ok: true })],
]
