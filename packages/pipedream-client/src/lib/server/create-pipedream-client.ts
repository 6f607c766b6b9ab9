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

/** The Connect API of one project in one environment. Create one client and share it: it caches the access token. */
export interface PipedreamClient {
  /** Creates and validates connect tokens. */
  readonly connectTokens: ConnectTokens
  /** Connected accounts of the project in its environment. */
  readonly accounts: Accounts
  /** Users of the project in its environment. */
  readonly users: Users
  /** Pipedream's catalogue of apps. */
  readonly apps: Apps
  /** Categories of the catalogue. */
  readonly appCategories: AppCategories
  /** Your own OAuth clients. */
  readonly oauthApps: OAuthApps
  /** Presets for connecting apps. */
  readonly appOverrides: AppOverrides
  /** Access tokens for other servers. */
  readonly oauthTokens: OAuthTokens
  /** Projects of the workspace. */
  readonly projects: Projects
  /** The project's webhook for trigger events. */
  readonly projectWebhook: ProjectWebhook
  /** Credits that the workspace has used. */
  readonly usage: Usage
  /** Rate limits of your own. */
  readonly rateLimitTokens: RateLimitTokens
  /** Actions and triggers of the registry. */
  readonly components: Components
  /** Actions of the registry, which can be run. */
  readonly actions: Actions
  /** Triggers of the registry, which can be deployed. */
  readonly triggers: Triggers
  /** Triggers deployed for your users. */
  readonly deployedTriggers: DeployedTriggers
  /** Files that actions have created. */
  readonly fileStash: FileStash
  /** Requests to the APIs of connected apps. */
  readonly proxy: ApiProxy
  /** Invokes workflows with an HTTP trigger. */
  readonly workflows: Workflows
}

/**
 * Creates a client for servers. Sends nothing before the first call. Every failure is a `PipedreamError`; an invalid option
 * throws one immediately, with the code `ERR_CONFIGURATION`.
 */
export function createPipedreamClient(options: PipedreamClientOptions): PipedreamClient {
  const config = readClientOptions(options)
  const oauthTokens = createOAuthTokens(config)
  // Independent of any caller's signal or timeout: a caller that gives up must not end a request that others wait for.
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
