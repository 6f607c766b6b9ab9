import { PipedreamError } from '../http/errors.ts'
import type { PipedreamClient } from '../server/create-pipedream-client.ts'
import { explainFailure } from './explain-failure.ts'
import { type Finding, ok, problem, type Problem, skipped } from './finding.ts'
import type { Settings } from './read-settings.ts'

/** Pipedream documents a limit of ten external users in `development`; another user cannot connect. */
const DEVELOPMENT_USERS = 10
const SHOWN_PROJECTS = 5

/** Reads one account of the project. Sends further requests only to explain a failure. */
export async function checkProject(
  client: PipedreamClient,
  settings: Settings,
): Promise<[project: Finding, environment: Finding]> {
  const environment = settings.get('PIPEDREAM_PROJECT_ENVIRONMENT') ?? ''
  try {
    await client.accounts.list({ limit: 1 })
  } catch (error) {
    return judgeFailure(error, { client, settings })
  }
  const found = ok('project', 'The project belongs to these credentials.')
  const isFull = environment === 'development' && (await countUsers(client)) >= DEVELOPMENT_USERS
  return [found, isFull ? problem('environment', FULL) : ok('environment', describe(environment))]
}

const FULL: Problem = {
  what: `The development environment has reached its limit of ${DEVELOPMENT_USERS} external users.`,
  fix: 'Delete a user that you no longer need, or use production: new users cannot connect.',
}

function describe(environment: string): string {
  return environment === 'production'
    ? 'This is production: changes affect real users.'
    : 'This is development. With a real project, only people who are signed in to pipedream.com can connect.'
}

async function judgeFailure(
  error: unknown,
  { client, settings }: { client: PipedreamClient; settings: Settings },
): Promise<[Finding, Finding]> {
  const explained = explainFailure(error, 'project', settings)
  const code = error instanceof PipedreamError ? error.code : undefined
  if (code === 'ERR_BAD_REQUEST') {
    return [
      skipped('project', 'Unknown: Pipedream rejected the request.'),
      problem('environment', explained),
    ]
  }
  const notTried = skipped('environment', 'Not checked: there is no valid project.')
  const isRefused =
    code === 'ERR_NOT_FOUND' || code === 'ERR_FORBIDDEN' || code === 'ERR_AUTHENTICATION'
  if (!isRefused) return [problem('project', explained), notTried]
  const projects = await listProjects(client)
  const isOurs = projects.some(({ id }) => id === settings.get('PIPEDREAM_PROJECT_ID'))
  if (isOurs) return [problem('project', NOT_ITS_ACCOUNTS), notTried]
  const fix = `${explained.fix}${suggest(projects)}`
  return [problem('project', { what: explained.what, fix }), notTried]
}

const NOT_ITS_ACCOUNTS: Problem = {
  what: 'The project of PIPEDREAM_PROJECT_ID belongs to these credentials, but they cannot read its accounts.',
  fix: 'Give the OAuth client the scope connect:accounts:read, and check PIPEDREAM_PROJECT_ENVIRONMENT.',
}

interface NamedProject {
  id: string
  name: string
}

// Only a hint: a server that does not list its projects is fine.
async function listProjects(client: PipedreamClient): Promise<readonly NamedProject[]> {
  try {
    const { data } = await client.projects.list({ limit: 100 })
    return data
  } catch {
    return []
  }
}

function suggest(projects: readonly NamedProject[]): string {
  if (projects.length === 0) return ''
  const named = projects.slice(0, SHOWN_PROJECTS).map(({ id, name }) => `${id} (${name})`)
  const more = projects.length > SHOWN_PROJECTS ? ', ...' : ''
  return ` These credentials see ${named.join(', ')}${more}.`
}

async function countUsers(client: PipedreamClient): Promise<number> {
  try {
    const { pageInfo } = await client.users.list({ limit: 1 })
    return pageInfo.totalCount ?? 0
  } catch {
    return 0
  }
}
