import { type Accounts, createAccounts } from './accounts.ts'
import { type Actions, createActions } from './actions.ts'
import { type AppCategories, createAppCategories } from './app-categories.ts'
import { type AppOverrides, createAppOverrides } from './app-overrides.ts'
import { type Apps, createApps } from './apps.ts'
import { createCallApi } from './call-api.ts'
import { createCallStreaming } from './call-streaming.ts'
import { type PipedreamClientOptions, readClientOptions } from './client-options.ts'
import { type Components, createComponents } from './components.ts'
import { type ConnectTokens, createConnectTokens } from './connect-tokens.ts'
import { createDeployedTriggers, type DeployedTriggers } from './deployed-triggers.ts'
import { createFileStash, type FileStash } from './file-stash.ts'
import { createOAuthApps, type OAuthApps } from './oauth-apps.ts'
import { createOAuthTokens, type OAuthTokens } from './oauth-tokens.ts'
import { createProjectWebhook, type ProjectWebhook } from './project-webhook.ts'
import { createProjects, type Projects } from './projects.ts'
import { type ApiProxy, createProxy } from './proxy.ts'
import { createRateLimitTokens, type RateLimitTokens } from './rate-limit-tokens.ts'
import { createAccessTokenCache, createSendAuthorized } from './send-authorized.ts'
import { createTriggers, type Triggers } from './triggers.ts'
import { createUsage, type Usage } from './usage.ts'
import { createUsers, type Users } from './users.ts'
import { createWorkflows, type Workflows } from './workflows.ts'

/** The Connect API of one project in one environment. Make one and share it: it keeps the access token. */
export interface PipedreamClient {
  readonly connectTokens: ConnectTokens
  readonly accounts: Accounts
  readonly users: Users
  readonly apps: Apps
  readonly appCategories: AppCategories
  readonly oauthApps: OAuthApps
  readonly appOverrides: AppOverrides
  readonly oauthTokens: OAuthTokens
  readonly projects: Projects
  readonly projectWebhook: ProjectWebhook
  readonly usage: Usage
  readonly rateLimitTokens: RateLimitTokens
  readonly components: Components
  readonly actions: Actions
  readonly triggers: Triggers
  readonly deployedTriggers: DeployedTriggers
  readonly fileStash: FileStash
  readonly proxy: ApiProxy
  readonly workflows: Workflows
}

/**
 * A client for servers. Nothing is sent before the first call. Every failure is a `PipedreamError`;
 * a wrong option throws one at once, with the code `ERR_CONFIGURATION`.
 */
export function createPipedreamClient(options: PipedreamClientOptions): PipedreamClient {
  const config = readClientOptions(options)
  const oauthTokens = createOAuthTokens(config)
  // Not tied to any caller's signal or timeout: whoever gives up must not take the token from the others.
  const accessTokens = createAccessTokenCache(() => oauthTokens.create())
  const sendAuthorized = createSendAuthorized(config, accessTokens)
  const callApi = createCallApi(config, sendAuthorized)
  const callStreaming = createCallStreaming(config, sendAuthorized)
  return {
    connectTokens: createConnectTokens(callApi, config.projectId),
    accounts: createAccounts(callApi, config.projectId),
    users: createUsers(callApi, config.projectId),
    apps: createApps(callApi),
    appCategories: createAppCategories(callApi),
    oauthApps: createOAuthApps(callApi, config.projectId),
    appOverrides: createAppOverrides(callApi, config.projectId),
    oauthTokens,
    projects: createProjects(callApi, config.projectId),
    projectWebhook: createProjectWebhook(callApi, config.projectId),
    usage: createUsage(callApi),
    rateLimitTokens: createRateLimitTokens(callApi),
    components: createComponents(callApi, config.projectId, 'components'),
    actions: createActions(callApi, config.projectId),
    triggers: createTriggers(callApi, config.projectId),
    deployedTriggers: createDeployedTriggers(callApi, config.projectId),
    fileStash: createFileStash(config, callStreaming),
    proxy: createProxy(config, callStreaming),
    workflows: createWorkflows(config, callStreaming),
  }
}
