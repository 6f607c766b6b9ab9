import { exampleActionRoutes } from './example-routes-actions.ts'
import { exampleRoutes } from './example-routes.ts'
import type { StubRequest } from './stub-pipedream.ts'

/** What the scripted API knows about an endpoint. */
interface ExampleRoute {
  /** Keys of query and body that the endpoint accepts, in Pipedream's spelling. Default: none. */
  takes?: readonly string[]
  /** The JSON of the response, or the whole response. Default: 204. */
  response?: unknown
}

/** Routes by method and path, such as `GET /v1/connect/{project}/accounts/{id}`. */
export type ExampleRoutes = Record<string, ExampleRoute>

// Add further tables here.
const routes: ExampleRoutes = { ...exampleRoutes, ...exampleActionRoutes }

/** Responds to the requests of the examples. Throws for endpoints and keys that Pipedream does not have. */
export function respondToExample({ method, path, body }: StubRequest): Response {
  const { pathname, searchParams } = new URL(path, 'https://api.pipedream.com')
  const found = Object.entries(routes).find(([route]) => matches(route, `${method} ${pathname}`))
  if (found === undefined) throw new Error(`No route for ${method} ${pathname} in example-api.ts`)
  const [route, { takes = [], response }] = found
  // Pipedream does not parse a body for the proxy.
  const fields = typeof body === 'string' ? {} : Object(body)
  const keys = [...searchParams.keys(), ...Object.keys(fields)]
  const unknown = keys.filter((key) => !takes.includes(key))
  if (unknown.length > 0) throw new Error(`${route} does not take ${unknown.join(' and ')}`)
  if (response instanceof Response) return response.clone()
  return response === undefined ? new Response(null, { status: 204 }) : Response.json(response)
}

function matches(route: string, request: string): boolean {
  const wanted = route.split('/')
  const given = request.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => segment.startsWith('{') || segment === given[at])
  )
}
