import { readFile } from 'node:fs/promises'
import apps from './apps.json' with { type: 'json' }
import categories from './categories.json' with { type: 'json' }
import { drawMark, generateApps, MARK_SIZE } from './generate-apps.ts'
import scopeProfiles from './scope-profiles.json' with { type: 'json' }

type AuthType = 'oauth' | 'keys' | 'none'

/** A field of a key form. Pipedream documents these names inside `custom_fields_json`. */
export interface CustomField {
  name: string
  label: string
  /** `password` marks a secret. */
  type: string
  description: string | null
  default: string | null
  optional: boolean | null
}

/** A set of scopes that Pipedream documents as `read_only`, `read_write` or `admin`. */
interface ScopeProfile {
  name: string
  scopes: string[]
}

/** An app of the catalogue, in the emulator's own shape. */
export interface CatalogueApp {
  id: string
  slug: string
  name: string
  authType: AuthType
  description: string | null
  category: string | null
  featuredWeight: number
  /** The brand's color, for the fake provider's pages. */
  color: string
  scopes: string[]
  scopeProfiles: ScopeProfile[]
  customFields: CustomField[]
  /** Host of the app's API; null when the app has none. */
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

// Generated apps alternate between OAuth and keys.
function describeGenerated(
  generated: ReturnType<typeof generateApps>[number],
  index: number,
): CatalogueApp {
  const takesKey = index % 2 === 1
  return {
    ...generated,
    authType: takesKey ? 'keys' : 'oauth',
    description: null,
    category: null,
    featuredWeight: 0,
    scopes: [],
    scopeProfiles: [],
    customFields: takesKey ? [API_KEY] : [],
    proxyHost: null,
  }
}

const SCOPE_PROFILES = new Map<string, ScopeProfile[]>(Object.entries(scopeProfiles))
let described: readonly CatalogueApp[] | undefined
let logos: ReadonlyMap<string, Logo> | undefined
let byKey: ReadonlyMap<string, CatalogueApp> | undefined

// The strings of an imported JSON file have no narrower type.
function readAuthType(value: string): AuthType {
  if (value === 'oauth' || value === 'keys' || value === 'none') return value
  throw new Error(`Unknown auth type in the catalogue: "${value}".`)
}

// Built on first use: many tests never read the catalogue, and each of them starts an emulator.
export function listApps(): readonly CatalogueApp[] {
  described ??= [
    ...apps.map((app) =>
      Object.assign(app, {
        authType: readAuthType(app.authType),
        scopeProfiles: SCOPE_PROFILES.get(app.slug) ?? [],
      }),
    ),
    ...generateApps().map(describeGenerated),
  ]
  return described
}

/** Returns the app with this id (`app_...`) or slug. */
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

/**
 * Renders an app's logo as SVG on a white tile, so that dark marks are visible on a dark page. Undefined for an unknown
 * slug.
 */
export async function renderLogo(slug: string): Promise<string | undefined> {
  const app = findApp(slug)
  if (app?.slug !== slug) return undefined
  const { body, box } = (await findLogo(slug)) ?? drawLogo(app)
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64" viewBox="0 0 64 64">' +
    '<rect x=".5" y=".5" width="63" height="63" rx="13.5" fill="#fff" stroke="#000" stroke-opacity=".08"/>' +
    `<svg x="12" y="12" width="40" height="40" viewBox="${box}">${body}</svg></svg>`
  )
}

// Most programs never need these 86 kB, so the file is read on the first request for a logo. The path is correct from
// this folder and from dist/shared, where the bundle is.
async function findLogo(slug: string): Promise<Logo | undefined> {
  if (logos === undefined) {
    const text = await readFile(new URL('../catalogue/logos.json', import.meta.url), 'utf8')
    const parsed: Record<string, Logo> = JSON.parse(text)
    logos = new Map(Object.entries(parsed))
  }
  return logos.get(slug)
}

function drawLogo(app: CatalogueApp): Logo {
  const path = drawMark(listApps().indexOf(app))
  return { body: `<path fill="${app.color}" d="${path}"/>`, box: `0 0 ${MARK_SIZE} ${MARK_SIZE}` }
}
