import type { Context, Hono } from 'hono'
import {
  type Access,
  foreignUser,
  requireAccess,
  requireUndocumentedAccess,
} from '../server/access.ts'
import { findApp } from '../catalogue/catalogue.ts'
import { deleteAccount } from '../state/delete-account.ts'
import { userKey } from '../state/external-users.ts'
import { paginate } from '../wire/page-info.ts'
import type { StoredAccount } from '../state/store.ts'
import { formatAccount } from '../wire/account.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'

/** GET a page of accounts, GET one, DELETE one; and the list of one user's. */
export function routeAccounts(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/accounts'), (c) => {
    const access = requireAccess(c, context, 'connect:accounts:read')
    const items = listAccounts(context, access, {
      externalUserId: readUserFilter(c, context, access),
      app: c.req.query('app'),
      oauthAppId: c.req.query('oauth_app_id'),
    })
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    const includeCredentials = mayIncludeCredentials(c, access)
    return c.json({
      data: page.data.map((account) => formatAccount(context, account, { includeCredentials })),
      page_info: page.page_info,
    })
  })

  app.on('GET', projectPaths('/accounts/:id'), (c) => {
    const access = requireAccess(c, context, 'connect:accounts:read')
    const includeCredentials = mayIncludeCredentials(c, access)
    return c.json(
      formatAccount(context, requireAccount(c, context, access), { includeCredentials }),
    )
  })

  app.on('DELETE', projectPaths('/accounts/:id'), (c) => {
    const account = findAccount(c, context, requireAccess(c, context, 'connect:accounts:write'))
    if (account === undefined && context.inferred.unknownAccountDeletion === 404) {
      throw recordNotFound()
    }
    if (account !== undefined) deleteAccount(context.store, account.id)
    return c.body(null, 204)
  })
}

/**
 * DELETE /v1/connect/{project}/apps/{app}/accounts: all accounts of an app that the caller may use, by slug, id or
 * OAuth client.
 */
export function routeDeleteByApp(app: Hono, context: EmulatorContext): void {
  app.on('DELETE', projectPaths('/apps/:app/accounts'), (c) => {
    const access = requireAccess(c, context, 'connect:accounts:write')
    const key = c.req.param('app') ?? ''
    const client = context.store.oauthApps.get(key)
    const slug = findApp(key)?.slug
    if (slug === undefined && client?.projectId !== access.projectId) throw recordNotFound()
    for (const account of listAccounts(context, access)) {
      const isOne = slug === undefined ? account.oauthAppId === key : account.slug === slug
      if (isOne) deleteAccount(context.store, account.id)
    }
    return c.body(null, 204)
  })
}

/** GET /v1/connect/{project}/users/{external_user_id}/accounts: a bare list, which only the official SDK reveals. */
export function routeUserAccounts(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/users/:user/accounts'), (c) => {
    const access = requireUndocumentedAccess(c, context, 'connect:accounts:read')
    const externalUserId = c.req.param('user') ?? ''
    if (access.externalUserId !== null && access.externalUserId !== externalUserId) {
      throw foreignUser(context)
    }
    rejectUnknownUser(context, access, externalUserId)
    const includeCredentials = mayIncludeCredentials(c, access)
    const items = listAccounts(context, access, {
      externalUserId,
      app: c.req.query('app'),
      oauthAppId: undefined,
    })
    return c.json(
      Array.from(items, (account) => formatAccount(context, account, { includeCredentials })),
    )
  })
}

interface AccountFilter {
  externalUserId: string | undefined
  app: string | undefined
  oauthAppId: string | undefined
}

// A generator, so that one page does not need a copy of a list of a hundred thousand.
function* listAccounts(
  context: EmulatorContext,
  access: Access,
  filter: Partial<AccountFilter> = {},
): Iterable<StoredAccount> {
  const slug = filter.app ? (findApp(filter.app)?.slug ?? null) : undefined
  for (const account of context.store.accounts.values()) {
    const fits =
      (!filter.externalUserId || account.externalUserId === filter.externalUserId) &&
      (!filter.oauthAppId || account.oauthAppId === filter.oauthAppId) &&
      (slug === undefined || account.slug === slug)
    if (fits && isVisible(account, access)) yield account
  }
}

function isVisible(account: StoredAccount, access: Access): boolean {
  return (
    account.projectId === access.projectId &&
    account.environment === access.environment &&
    (access.externalUserId === null || account.externalUserId === access.externalUserId)
  )
}

// Inferred: a connect token that names another user is rejected instead of getting an empty page.
function readUserFilter(c: Context, context: EmulatorContext, access: Access): string | undefined {
  const user = c.req.query('external_user_id')
  if (user && access.externalUserId !== null && user !== access.externalUserId) {
    throw foreignUser(context)
  }
  if (user) rejectUnknownUser(context, access, user)
  return user
}

function rejectUnknownUser(context: EmulatorContext, access: Access, externalUserId: string): void {
  if (context.inferred.unknownUserAccounts === 200) return
  if (!context.store.users.has(userKey({ ...access, externalUserId }))) throw recordNotFound()
}

function requireAccount(c: Context, context: EmulatorContext, access: Access): StoredAccount {
  const account = findAccount(c, context, access)
  if (account === undefined) throw recordNotFound()
  return account
}

function findAccount(
  c: Context,
  { store }: EmulatorContext,
  access: Access,
): StoredAccount | undefined {
  const account = store.accounts.get(c.req.param('id') ?? '')
  return account !== undefined && isVisible(account, access) ? account : undefined
}

// Pipedream documents credentials only for servers.
function mayIncludeCredentials(c: Context, access: Access): boolean {
  return c.req.query('include_credentials') === 'true' && access.externalUserId === null
}
