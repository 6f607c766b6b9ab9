import type { CatalogueApp } from '../catalogue/catalogue.ts'
import type { OauthApp } from '../state/store.ts'

interface SignIn {
  app: CatalogueApp
  /** The project's own OAuth client, undefined for any other. */
  client: OauthApp | undefined
  /** Name of one of the app's scope profiles, null for none. */
  profile: string | null
}

/**
 * What the provider is asked for: by an OAuth client of the project what it was created with, else what the profile names,
 * else what the app always asks for. That the client comes first, and that a profile which the app lacks changes nothing,
 * is inferred.
 */
export function listRequestedScopes({ app, client, profile }: SignIn): readonly string[] {
  if (client !== undefined) return [...client.scopes, ...client.additionalScopes]
  return app.scopeProfiles.find(({ name }) => name === profile)?.scopes ?? app.scopes
}
