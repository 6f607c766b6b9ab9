import type { ClientConfig } from '../client-options.ts'

/** In which environment, and with whose accounts, a workflow is to run. */
export function writeWorkflowHeaders(
  { projectEnvironment }: ClientConfig,
  externalUserId: string | undefined,
): Record<string, string> {
  return {
    'x-pd-environment': projectEnvironment,
    ...(externalUserId === undefined ? {} : { 'x-pd-external-user-id': externalUserId }),
  }
}

// Observed: what the official SDK takes for an endpoint's id.
const ENDPOINT_ID = /^e[no][a-z0-9-]+$/i

/** The URL of a workflow's endpoint; undefined when it is none that may be trusted with a token. */
export function readEndpoint(endpoint: string, workflowDomain: string): string | undefined {
  if (typeof endpoint !== 'string') return undefined
  if (ENDPOINT_ID.test(endpoint)) return `https://${endpoint}.${workflowDomain}/`
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const isEndpoint =
    url?.protocol === 'https:' &&
    `${url.username}${url.password}` === '' &&
    // With the dot: `evilm.pipedream.net` is somebody else's.
    url.hostname.endsWith(`.${workflowDomain}`)
  if (!isEndpoint) return undefined
  url.hash = ''
  return url.href
}
