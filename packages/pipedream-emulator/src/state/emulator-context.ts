import type { EmulatorClock, Sleep } from './clock.ts'
import type { TakingFaults } from '../faults/faults.ts'
import type { Inferred } from '../inferred.ts'
import type { RateLimits } from '../server/rate-limits.ts'
import type { Project, Store } from './store.ts'
import type { Webhooks } from '../server/webhooks.ts'

export interface Credentials {
  clientId: string
  clientSecret: string
  projectId: string
}

/** What every route needs: state, time, settings, and the way out. */
export interface EmulatorContext {
  store: Store
  clock: EmulatorClock
  webhooks: Webhooks
  faults: TakingFaults
  /** How faults wait. */
  sleep: Sleep
  credentials: Credentials
  /** The project that those credentials come with. It is always there. */
  project: Project
  rateLimits: RateLimits
  inferred: Readonly<Inferred>
  /** How many external users `development` has room for. */
  developmentUserLimit: number
  /** Where browsers reach the emulator, without a slash at the end. */
  publicUrl: string
  /** Where an OAuth client's flow pages are: the origin of `publicUrl`, unless `inferred.linkHost` says otherwise. */
  linkOrigin: string
}

/** The same for everybody, so nothing that they open is secret. */
export const DEFAULT_CREDENTIALS: Credentials = {
  clientId: 'emulator-client',
  clientSecret: 'emulator-secret',
  projectId: 'proj_emulator',
}

/** The emulator's own project, or one that was created. */
export function findProject(context: EmulatorContext, id: string): Project | undefined {
  return id === context.project.id ? context.project : context.store.projects.get(id)
}
