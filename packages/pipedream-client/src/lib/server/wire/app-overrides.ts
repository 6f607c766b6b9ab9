import type { Query } from '../../http/build-url.ts'
import type {
  AppOverride,
  ListAppOverridesQuery,
  UpdateAppOverrideInput,
} from '../app-overrides.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read } from '../read-json.ts'
import { optionalAppOf } from './apps.ts'
import { readPage, writePageQuery } from './page.ts'

export function writeAppOverridesQuery(query: ListAppOverridesQuery): Query {
  return { ...writePageQuery(query), app: query.app }
}

export function writeAppOverrideRequest(
  input: UpdateAppOverrideInput & { app?: string | undefined },
): Record<string, unknown> {
  return {
    app: input.app,
    name: input.name,
    // Null is sent, and removes the client.
    oauth_app_id: input.oauthAppId,
    // The keys are the app's own, so they are not renamed.
    cfmap: input.customFieldValues,
  }
}

export function readAppOverrides(value: unknown): ListResponse<AppOverride> {
  return readPage(value, appOverrideOf)
}

export function readAppOverride(value: unknown): AppOverride {
  return appOverrideOf(value, '')
}

const appOverrideOf: Read<AppOverride> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.id('id'),
    name: fields.string('name'),
    app: optionalAppOf(fields.inner('app')),
    oauthAppId: fields.optionalString('oauth_app_id'),
    customFieldValues: fields.optionalObject('cfmap') ?? {},
    ownerId: fields.optionalString('owner_id'),
    createdAt: fields.optionalDate('created_at'),
    updatedAt: fields.optionalDate('updated_at'),
    raw: fields.raw,
  }
}
