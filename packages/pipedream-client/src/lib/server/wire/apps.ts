import type { Query } from '../../http/build-url.ts'
import type { AppCategory } from '../app-categories.ts'
import type { App, AppAuthType, AppCustomField, AppScopeProfile, ListAppsQuery } from '../apps.ts'
import type { ListResponse } from '../page.ts'
import { fieldsOf, type Read, readList } from '../read-json.ts'
import { readPage } from './page.ts'

const SORT_KEYS = { name: 'name', slug: 'name_slug', featuredWeight: 'featured_weight' } as const

export function writeAppsQuery(query: ListAppsQuery): Query {
  return {
    after: query.after,
    before: query.before,
    limit: query.limit,
    q: query.search,
    sort_key: query.sortKey === undefined ? undefined : SORT_KEYS[query.sortKey],
    sort_direction: query.sortDirection,
    category_ids: query.categoryIds,
    has_components: query.hasComponents,
    has_actions: query.hasActions,
    has_triggers: query.hasTriggers,
  }
}

export function readApps(value: unknown): ListResponse<App> {
  return readPage(value, appOf)
}

export function readApp(value: unknown): App {
  return appOf(fieldsOf(value, '').raw.data, 'data')
}

/** An app, alone or inside an account. */
export const appOf: Read<App> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.optionalString('id'),
    slug: fields.id('name_slug'),
    name: fields.string('name'),
    authType: authTypeOf(fields.optionalString('auth_type')),
    description: fields.optionalString('description'),
    imgSrc: fields.string('img_src'),
    customFields: customFieldsOf(fields.optionalString('custom_fields_json')),
    categories: fields.strings('categories'),
    featuredWeight: fields.optionalNumber('featured_weight'),
    scopeProfiles: scopeProfilesOf(fields.raw.scope_profiles),
    raw: fields.raw,
  }
}

/** An app that may be absent or null. */
export function optionalAppOf({ value, at }: { value: unknown; at: string }): App | null {
  return value === undefined || value === null ? null : appOf(value, at)
}

function authTypeOf(value: string | null): AppAuthType | null {
  return value === 'oauth' || value === 'keys' || value === 'none' ? value : null
}

// Tolerant on purpose: one app with invalid fields must not make the whole catalogue unreadable.
function customFieldsOf(json: string | null): readonly AppCustomField[] {
  // Of most apps, and so of most accounts in a list.
  if (json === null || json === '[]') return []
  try {
    return readList(JSON.parse(json), 'custom_fields_json', customFieldOf)
  } catch {
    return []
  }
}

// Tolerant for the same reason. Older responses have no scope profiles.
function scopeProfilesOf(value: unknown): readonly AppScopeProfile[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((profile: unknown) => {
    try {
      const fields = fieldsOf(profile, 'scope_profiles')
      const { name } = fields.raw
      return name === 'read_only' || name === 'read_write' || name === 'admin'
        ? [{ name, scopes: fields.strings('scopes') }]
        : []
    } catch {
      return []
    }
  })
}

const customFieldOf: Read<AppCustomField> = (value, at) => {
  const fields = fieldsOf(value, at)
  const name = fields.string('name')
  return {
    name,
    label: fields.optionalString('label') ?? name,
    description: fields.optionalString('description'),
    default: fields.optionalString('default'),
    optional: fields.optionalBoolean('optional') ?? false,
    type: fields.optionalString('type'),
  }
}

/** A list without pagination. */
export function readAppCategories(value: unknown): readonly AppCategory[] {
  return readList(value, '', appCategoryOf)
}

export function readAppCategory(value: unknown): AppCategory {
  return appCategoryOf(value, '')
}

const appCategoryOf: Read<AppCategory> = (value, at) => {
  const fields = fieldsOf(value, at)
  return {
    id: fields.optionalString('id'),
    name: fields.optionalString('name'),
    description: fields.optionalString('description'),
    raw: fields.raw,
  }
}
