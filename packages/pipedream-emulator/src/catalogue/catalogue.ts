import apps from './apps.json' with { type: 'json' }
import brands from './brands.json' with { type: 'json' }
import categories from './categories.json' with { type: 'json' }
import scopeProfiles from './scope-profiles.json' with { type: 'json' }

type AuthType = 'oauth' | 'keys' | 'none'

/** One field of a key form; Pipedream documents these names inside `custom_fields_json`. */
export interface CustomField {
  name: string
  label: string
  /** `password` marks a secret. */
  type: string
  description: string | null
  default: string | null
  optional: boolean | null
}

/** A choice of scopes that Pipedream documents as `read_only`, `read_write` or `admin`. */
interface ScopeProfile {
  name: string
  scopes: string[]
}

/** An app of the catalogue, in the emulator's own words. */
export interface CatalogueApp {
  id: string
  slug: string
  name: string
  authType: AuthType
  description: string | null
  category: string | null
  featuredWeight: number
  /** The brand's colour, for the fake provider's pages. */
  color: string
  scopes: string[]
  scopeProfiles: ScopeProfile[]
  customFields: CustomField[]
  /** Host of the app's API, null when it has none. */
  proxyHost: string | null
}

export interface Category {
  id: string
  name: string
  description: string
}

interface Logo {
  body: string
  box: string
}

const API_KEY: CustomField = {
  name: 'api_key',
  label: 'API Key',
  type: 'password',
  description: null,
  default: null,
  optional: null,
}

// Thousands that fill the pages and nothing more: whether people sign in to one or give it a key is made up.
function describeBrand(brand: (typeof brands)[number], index: number): CatalogueApp {
  const keys = index % 2 === 1
  return {
    ...brand,
    authType: keys ? 'keys' : 'oauth',
    description: null,
    category: null,
    featuredWeight: 0,
    scopes: [],
    scopeProfiles: [],
    customFields: keys ? [API_KEY] : [],
    proxyHost: null,
  }
}

const SCOPE_PROFILES = new Map<string, ScopeProfile[]>(Object.entries(scopeProfiles))
let described: readonly CatalogueApp[] | undefined
let byKey: ReadonlyMap<string, CatalogueApp> | undefined

// A JSON file's strings have no narrower type.
function readAuthType(value: string): AuthType {
  if (value === 'oauth' || value === 'keys' || value === 'none') return value
  throw new Error(`The catalogue holds an unknown auth type, "${value}".`)
}

// Described when first asked for: many a test never looks at the catalogue, and each of them starts an emulator.
export function listApps(): readonly CatalogueApp[] {
  described ??= [
    ...apps.map((app) =>
      Object.assign(app, {
        authType: readAuthType(app.authType),
        scopeProfiles: SCOPE_PROFILES.get(app.slug) ?? [],
      }),
    ),
    ...brands.map(describeBrand),
  ]
  return described
}

/** The app with this id (`app_...`) or slug. */
export function findApp(idOrSlug: string): CatalogueApp | undefined {
  byKey ??= new Map(
    listApps().flatMap((app): [string, CatalogueApp][] => [
      [app.slug, app],
      [app.id, app],
    ]),
  )
  return byKey.get(idOrSlug)
}

export function listCategories(): readonly Category[] {
  return categories
}

/** An app's logo on a white tile, so that black marks stay visible on a dark page; undefined for an unknown slug. */
export async function renderLogo(slug: string): Promise<string | undefined> {
  const logo = (await findLogo(slug)) ?? (await findBrandLogo(slug))
  if (logo === undefined) return undefined
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64" viewBox="0 0 64 64">' +
    '<rect x=".5" y=".5" width="63" height="63" rx="13.5" fill="#fff" stroke="#000" stroke-opacity=".08"/>' +
    `<svg x="12" y="12" width="40" height="40" viewBox="${logo.box}">${logo.body}</svg></svg>`
  )
}

// Two megabytes in these two files that most programs never ask for, so each is read when somebody does.
async function findLogo(slug: string): Promise<Logo | undefined> {
  const { default: logos } = await import('./logos.json', { with: { type: 'json' } })
  return new Map<string, Logo>(Object.entries(logos)).get(slug)
}

async function findBrandLogo(slug: string): Promise<Logo | undefined> {
  const brand = findApp(slug)
  if (brand === undefined) return undefined
  const { default: paths } = await import('./brand-logos.json', {
    with: { type: 'json' },
  })
  const path = Object.getOwnPropertyDescriptor(paths, slug)?.value
  return typeof path === 'string'
    ? { body: `<path fill="${brand.color}" d="${path}"/>`, box: '0 0 24 24' }
    : undefined
}
