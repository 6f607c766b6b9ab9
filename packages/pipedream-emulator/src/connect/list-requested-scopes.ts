import type { CatalogueApp } from '../catalogue/catalogue.ts'
import type { OauthApp } from '../state/store.ts'

interface SignIn {
  app: CatalogueApp
  /** The project's own OAuth client; undefined for any other. */
  client: OauthApp | undefined
  /** Name of one of the app's scope profiles; null for none. */
  profile: string | null
}

/**
 * Returns the scopes to request from the provider: those of the project's OAuth client, else those of the scope
 * profile, else the app's default. Two things are inferred: the client takes precedence, and an unknown profile has no
 * effect.
 */
export function listRequestedScopes({ app, client, profile }: SignIn): readonly string[] {
  if (client !== undefined) return [...client.scopes, ...client.additionalScopes]
  return app.scopeProfiles.find(({ name }) => name === profile)?.scopes ?? app.scopes
}
