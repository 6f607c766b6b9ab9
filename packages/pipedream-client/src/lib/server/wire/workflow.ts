import type { ClientConfig } from '../client-options.ts'

/** Headers with the environment, and the user whose accounts the workflow uses. */
export function writeWorkflowHeaders(
  { projectEnvironment }: ClientConfig,
  externalUserId: string | undefined,
): Record<string, string> {
  return {
    'x-pd-environment': projectEnvironment,
    ...(externalUserId === undefined ? {} : { 'x-pd-external-user-id': externalUserId }),
  }
}

// Observed: the pattern of the official SDK for an endpoint's id.
const ENDPOINT_ID = /^e[no][a-z0-9-]+$/i

/** Returns the URL of a workflow's endpoint; undefined if it must not receive a token. */
export function readEndpoint(endpoint: string, workflowDomain: string): string | undefined {
  if (typeof endpoint !== 'string') return undefined
  if (ENDPOINT_ID.test(endpoint)) return `https://${endpoint}.${workflowDomain}/`
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const isEndpoint =
    url?.protocol === 'https:' &&
    `${url.username}${url.password}` === '' &&
    // Includes the dot: `evilm.pipedream.net` has another owner.
    url.hostname.endsWith(`.${workflowDomain}`)
  if (!isEndpoint) return undefined
  url.hash = ''
  return url.href
}
