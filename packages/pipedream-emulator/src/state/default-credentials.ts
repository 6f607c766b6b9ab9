import type { Credentials } from './emulator-context.ts'

/** The same for everybody, so nothing that they open is secret. */
export const DEFAULT_CREDENTIALS: Credentials = {
  clientId: 'emulator-client',
  clientSecret: 'emulator-secret',
  projectId: 'proj_emulator',
}
