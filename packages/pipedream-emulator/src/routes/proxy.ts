import type { Context, Hono } from 'hono'
import { type Access, foreignUser, requireAccess } from '../server/access.ts'
import { callUpstream } from '../upstreams/call-upstream.ts'
import { findApp } from '../catalogue/catalogue.ts'
import { NoResponse } from '../faults/apply-faults.ts'
import { spendCredit } from '../components/spend-credit.ts'
import type { StoredAccount } from '../state/store.ts'
import { UpstreamTimeout } from '../upstreams/upstream.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { toProxyResponse, readProxyHeaders } from './proxy-headers.ts'
import { readProxyTarget } from './read-proxy-target.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
// The official browser client leaves out the project but keeps its slash.
const PATHS = [...projectPaths('/proxy/:target'), '/v1/connect//proxy/:target']

/** Forwards a request to a provider's API with an account's credentials, and returns the provider's response. */
export function routeProxy(app: Hono, context: EmulatorContext): void {
  app.on(METHODS, PATHS, async (c) => {
    const access = requireAccess(c, context, 'connect:proxy')
    const account = requireProxyAccount(c, context, access)
    const request = await readProxyRequest(c, context, account)
    spendCredit(context, access.projectId, 'proxyCalls')
    return await sendOn(context, account, request)
  })
}

function requireProxyAccount(c: Context, context: EmulatorContext, access: Access): StoredAccount {
  const externalUserId = c.req.query('external_user_id')
  const accountId = c.req.query('account_id')
  if (!externalUserId) throw wireError(400, 'external_user_id is required.')
  if (!accountId) throw wireError(400, 'account_id is required.')
  if (access.externalUserId !== null && access.externalUserId !== externalUserId) {
    throw foreignUser(context)
  }
  const account = context.store.accounts.get(accountId)
  const isTheirs =
    account?.externalUserId === externalUserId &&
    account.projectId === access.projectId &&
    account.environment === access.environment
  if (!isTheirs) throw recordNotFound()
  return account
}

async function readProxyRequest(
  c: Context,
  { inferred }: EmulatorContext,
  account: StoredAccount,
): Promise<Request> {
  const app = findApp(account.slug)
  if (app === undefined) throw recordNotFound()
  const url = readProxyTarget(c.req.param('target') ?? '', {
    app,
    account,
    subDomains: inferred.proxyDomains === 'sub-domains',
  })
  const headers = readProxyHeaders(c.req.raw.headers)
  if (inferred.proxyAuthorization === 'injected') headers.delete('authorization')
  const { method, signal } = c.req.raw
  const body = method === 'GET' || method === 'HEAD' ? null : await c.req.arrayBuffer()
  return new Request(url, { method, headers, signal, body })
}

async function sendOn(
  context: EmulatorContext,
  account: StoredAccount,
  request: Request,
): Promise<Response> {
  try {
    const response = await callUpstream(context, account, request)
    if (request.signal.aborted) throw request.signal.reason
    return toProxyResponse(response)
  } catch (error) {
    if (request.signal.aborted)
      throw new NoResponse('The client closed the request.', { cause: error })
    if (error instanceof UpstreamTimeout) throw wireError(504, error.message)
    throw error
  }
}
