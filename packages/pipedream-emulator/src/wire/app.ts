import type { CatalogueApp, CustomField } from '../catalogue/catalogue.ts'

/** An app as Pipedream documents it. */
export interface WireApp {
  id: string
  name_slug: string
  name: string
  auth_type: string
  description: string | null
  img_src: string
  /** A JSON string that contains a list of fields, as Pipedream documents it. */
  custom_fields_json: string
  categories: string[]
  featured_weight: number
  scope_profiles: { name: string; scopes: string[] }[]
  connect: {
    proxy_enabled: boolean
    allowed_domains: string[] | null
    base_proxy_target_url: string | null
  }
}

export function formatApp(app: CatalogueApp, publicUrl: string): WireApp {
  return {
    id: app.id,
    name_slug: app.slug,
    name: app.name,
    auth_type: app.authType,
    description: app.description,
    img_src: `${publicUrl}/_static/logos/${app.slug}.svg`,
    custom_fields_json: JSON.stringify(app.customFields),
    categories: app.category === null ? [] : [app.category],
    featured_weight: app.featuredWeight,
    scope_profiles: app.scopeProfiles,
    connect: {
      proxy_enabled: app.proxyHost !== null,
      allowed_domains: app.proxyHost === null ? null : [app.proxyHost],
      base_proxy_target_url: app.proxyHost === null ? null : `https://${app.proxyHost}`,
    },
  }
}

/** Returns the fields that a user must fill in. */
export function requiredFields(app: CatalogueApp): CustomField[] {
  return app.customFields.filter((field) => field.optional !== true)
}
