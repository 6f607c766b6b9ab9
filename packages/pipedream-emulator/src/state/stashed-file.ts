import type { Environment } from './store.ts'

/** A file that an action left in the file stash: kept for a day, by Pipedream's documentation. */
export interface StashedFile {
  /** `1day/<project>/<external user>/<stash>/u/<name>`. */
  s3Key: string
  projectId: string
  environment: Environment
  externalUserId: string
  /** Base64: the state is saved as JSON. */
  bytes: string
  /** Opens the file without any credential, until `urlExpiresAt`. */
  urlToken: string
  urlExpiresAt: Date
  expiresAt: Date
}
