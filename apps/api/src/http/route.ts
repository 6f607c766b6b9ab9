import type { Peer } from './loopback.ts'
import type { Address } from './find-address.ts'
import { sentence } from './respond.ts'

/** A request at one of our addresses. */
export interface Visit {
  request: Request
  peer: Peer
  address: Address
  /** Whether a session cookie counts; sessions come from demo sign-in alone. */
  mayDemo: boolean
}

type Answer = (visit: Visit) => Response | Promise<Response>

/** What answers at one address. HEAD, OPTIONS and the refusal of any other method follow from it. */
export interface Route {
  /** Also answers HEAD, whose body the server drops: a GET that changes something asks for the method. */
  GET?: Answer | undefined
  POST?: Answer | undefined
  /** Says an error in the form of this address; default: a sentence in plain text. */
  refuse?: (status: number, text: string) => Response
  /** Finishes every answer, such as by CORS. */
  finish?: (response: Response, request: Request) => Response
}

/** Answers a request by what its address has for the method. */
export async function answerRoute(route: Route, visit: Visit): Promise<Response> {
  const response = await answerMethod(route, visit)
  return route.finish ? route.finish(response, visit.request) : response
}

function answerMethod(route: Route, visit: Visit): Response | Promise<Response> {
  const { method } = visit.request
  if ((method === 'GET' || method === 'HEAD') && route.GET) return route.GET(visit)
  if (method === 'POST' && route.POST) return route.POST(visit)
  if (method !== 'OPTIONS') return refuseMethod(route)
  return new Response(null, { status: 204, headers: { allow: allowedMethods(route) } })
}

function refuseMethod(route: Route): Response {
  const use = route.GET ? (route.POST ? 'GET or POST' : 'GET') : 'POST'
  const text = `This address does not support this method. Use ${use}.`
  const response = (route.refuse ?? sentence)(405, text)
  response.headers.set('allow', allowedMethods(route))
  return response
}

/** The value of `Allow`. */
function allowedMethods({ GET, POST }: Route): string {
  return [...(GET ? ['GET', 'HEAD'] : []), 'OPTIONS', ...(POST ? ['POST'] : [])].join(', ')
}

/** The same answer without its body, as HEAD wants it. */
export function withoutBody({ status, statusText, headers, body }: Response): Response {
  void body?.cancel()
  return new Response(null, { status, statusText, headers })
}
