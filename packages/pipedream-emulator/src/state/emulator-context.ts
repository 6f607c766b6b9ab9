import type { EmulatorClock, Sleep } from './clock.ts'
import type { FaultSelector } from '../faults/faults.ts'
import type { Inferred } from '../inferred.ts'
import type { RateLimits } from '../server/rate-limits.ts'
import type { Project, Store } from './store.ts'
import type { Webhooks } from '../server/webhooks.ts'

/** What a client needs to use the emulator. */
export interface Credentials {
  /** The OAuth client id. */
  clientId: string
  /** The OAuth client secret. */
  clientSecret: string
  /** The id of the project, `proj_...`. */
  projectId: string
}

/** What every route needs: state, time, settings and outgoing webhooks. */
export interface EmulatorContext {
  store: Store
  clock: EmulatorClock
  webhooks: Webhooks
  faults: FaultSelector
  /** Waits on behalf of faults. */
  sleep: Sleep
  credentials: Credentials
  /** The project of the credentials, which always exists. */
  project: Project
  rateLimits: RateLimits
  inferred: Readonly<Inferred>
  /** The maximum number of external users in `development`. */
  developmentUserLimit: number
  /** The origin where browsers reach the emulator, without a trailing slash. */
  publicUrl: string
  /** The origin of an OAuth client's flow pages: that of `publicUrl`, unless `inferred.linkHost` says otherwise. */
  linkOrigin: string
}

/** Public and the same in every installation, so they protect nothing. */
export const DEFAULT_CREDENTIALS: Credentials = {
  clientId: 'emulator-client',
  clientSecret: 'emulator-secret',
  projectId: 'proj_emulator',
}

/** Returns the emulator's own project, or one that was created through the API. */
export function findProject(context: EmulatorContext, id: string): Project | undefined {
  return id === context.project.id ? context.project : context.store.projects.get(id)
}
