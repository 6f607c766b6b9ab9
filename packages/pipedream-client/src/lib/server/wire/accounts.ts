import type { Query } from '../../http/build-url.ts'
import type {
  Account,
  CreateAccountInput,
  ListAccountsQuery,
  ListUserAccountsQuery,
} from '../accounts.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'
import { optionalAppOf } from './apps.ts'
import { readPage } from './page.ts'

export function writeAccountsQuery(query: ListAccountsQuery): Query {
  return {
    external_user_id: query.externalUserId,
    oauth_app_id: query.oauthAppId,
    after: query.after,
    before: query.before,
    limit: query.limit,
    app: query.app,
    ...writeCredentialsQuery(query.includeCredentials),
  }
}

export function writeUserAccountsQuery(query: ListUserAccountsQuery): Query {
  return { ...writeCredentialsQuery(query.includeCredentials), app: query.app }
}

export function writeCreateAccountQuery({ externalUserId, oauthAppId }: CreateAccountInput): Query {
  return { external_user_id: externalUserId, oauth_app_id: oauthAppId }
}

export function writeAccountRequest(input: CreateAccountInput): Record<string, unknown> {
  return {
    app_slug: input.app,
    // Pipedream documents JSON inside JSON.
    cfmap_json: JSON.stringify(input.customFieldValues),
    connect_token: input.connectToken,
    name: input.name,
    account_id: input.accountId,
    app_override_id: input.appOverrideId,
  }
}

export function writeCredentialsQuery(includeCredentials: boolean | undefined): Query {
  return { include_credentials: includeCredentials }
}

export function readAccounts(value: unknown): ListResponse<Account> {
  return readPage(value, accountOf)
}

/** Pipedream documents the account itself. Earlier it was wrapped in `data`. */
export function readAccount(value: unknown): Account {
  const { raw } = fieldsOf(value, '')
  return 'data' in raw && !('id' in raw) ? accountOf(raw.data, 'data') : accountOf(raw, '')
}

/** A list without pagination. */
export function readUserAccounts(value: unknown): readonly Account[] {
  return readList(value, '', accountOf)
}

/** An account, alone or inside another object. */
export const accountOf: Read<Account> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.id('id'),
    name: fields.optionalString('name'),
    externalUserId: fields.optionalString('external_id'),
    healthy: fields.optionalBoolean('healthy'),
    dead: fields.optionalBoolean('dead') ?? false,
    error: fields.optionalString('error'),
    app: optionalAppOf(fields.inner('app')),
    createdAt: fields.optionalDate('created_at'),
    updatedAt: fields.optionalDate('updated_at'),
    authorizedScopes: fields.strings('authorized_scopes'),
    expiresAt: fields.optionalDate('expires_at'),
    lastRefreshedAt: fields.optionalDate('last_refreshed_at'),
    nextRefreshAt: fields.optionalDate('next_refresh_at'),
    credentials: fields.optionalObject('credentials'),
    raw: fields.raw,
  }
}
