import type { Query } from '../../http/build-url.ts'
import type { CreateOAuthAppInput, ListOAuthAppsQuery, OAuthApp } from '../oauth-apps.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read } from '../read-json.ts'
import { appOf } from './apps.ts'
import { readPage, writePageQuery } from './page.ts'

export function writeOAuthAppsQuery(query: ListOAuthAppsQuery): Query {
  return { ...writePageQuery(query), app: query.app, q: query.search }
}

export function writeOAuthAppRequest(input: Partial<CreateOAuthAppInput>): Record<string, unknown> {
  return {
    app: input.app,
    client_id: input.clientId,
    client_secret: input.clientSecret,
    name: input.name,
    description: input.description,
    scopes: input.scopes,
    additional_scopes: input.additionalScopes,
  }
}

export function readOAuthApps(value: unknown): ListResponse<OAuthApp> {
  return readPage(value, oauthAppOf)
}

export function readOAuthApp(value: unknown): OAuthApp {
  return oauthAppOf(value, '')
}

const oauthAppOf: Read<OAuthApp> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    ...appOf(value, at),
    id: fields.id('id'),
    clientId: fields.optionalString('client_id'),
    scopes: fields.strings('scopes'),
    additionalScopes: fields.strings('additional_scopes'),
    redirectUri: fields.optionalString('redirect_uri'),
    ownerId: fields.optionalString('owner_id'),
    createdAt: fields.optionalDate('created_at'),
    updatedAt: fields.optionalDate('updated_at'),
  }
}
