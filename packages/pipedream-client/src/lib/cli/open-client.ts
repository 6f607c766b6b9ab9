import type { FetchLike } from '../http/fetch-like.ts'
import { createPipedreamClient, type PipedreamClient } from '../server/create-pipedream-client.ts'
import type { Settings } from './read-settings.ts'

/** Limit for a call in milliseconds. Short, because a user is waiting. */
const TIMEOUT_MS = 15_000

/** Creates a client from validated settings. `projectId` replaces an invalid one. */
export function openClient(
  settings: Settings,
  fetch: FetchLike,
  projectId = settings.get('PIPEDREAM_PROJECT_ID') ?? '',
): PipedreamClient {
  const environment = settings.get('PIPEDREAM_PROJECT_ENVIRONMENT')
  return createPipedreamClient({
    clientId: settings.get('PIPEDREAM_CLIENT_ID') ?? '',
    clientSecret: settings.get('PIPEDREAM_CLIENT_SECRET') ?? '',
    projectId,
    projectEnvironment: environment === 'production' ? 'production' : 'development',
    baseUrl: settings.get('PIPEDREAM_BASE_URL'),
    timeoutMs: TIMEOUT_MS,
    fetch,
  })
}
