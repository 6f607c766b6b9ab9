export {
  createPipedreamClient,
  type PipedreamClient,
} from './lib/server/create-pipedream-client.ts'
export type { PipedreamClientOptions, ProjectEnvironment } from './lib/server/client-options.ts'
export type { CallOptions } from './lib/http/call-options.ts'
export type {
  FetchBody,
  FetchHeaders,
  FetchInit,
  FetchLike,
  FetchResponse,
} from './lib/http/fetch-like.ts'
export type { StreamedResponse } from './lib/http/streamed-response.ts'
export type { BodyInput, HeadersInput, HttpMethod } from './lib/http/request-input.ts'
export type { Query } from './lib/http/build-url.ts'

export type { AccessToken, CreateOAuthTokenInput, OAuthTokens } from './lib/server/oauth-tokens.ts'
export type {
  ConnectToken,
  ConnectTokens,
  ConnectTokenValidation,
  CreateConnectTokenInput,
  InvalidConnectToken,
  ValidateConnectTokenQuery,
  ValidConnectToken,
} from './lib/server/connect-tokens.ts'
export type {
  Account,
  Accounts,
  CreateAccountInput,
  GetAccountOptions,
  ListAccountsQuery,
  ListUserAccountsQuery,
} from './lib/server/accounts.ts'
export type { ExternalUser, ListUsersQuery, Users } from './lib/server/users.ts'
export type {
  App,
  AppAuthType,
  AppCustomField,
  Apps,
  AppScopeProfile,
  AppScopeProfileName,
  ListAppsQuery,
} from './lib/server/apps.ts'
export type { AppCategories, AppCategory } from './lib/server/app-categories.ts'
export type {
  CreateOAuthAppInput,
  ListOAuthAppsQuery,
  OAuthApp,
  OAuthApps,
  UpdateOAuthAppInput,
} from './lib/server/oauth-apps.ts'
export type {
  AppOverride,
  AppOverrides,
  CreateAppOverrideInput,
  ListAppOverridesQuery,
  UpdateAppOverrideInput,
} from './lib/server/app-overrides.ts'
export type {
  CreateProjectInput,
  ListProjectsQuery,
  Project,
  ProjectInfo,
  Projects,
  UpdateProjectInput,
} from './lib/server/projects.ts'
export type {
  ProjectWebhook,
  UpdateProjectWebhookInput,
  Webhook,
} from './lib/server/project-webhook.ts'
export type { Usage, UsagePeriod, UsageQuery } from './lib/server/usage.ts'
export type {
  CreateRateLimitTokenInput,
  RateLimitToken,
  RateLimitTokens,
} from './lib/server/rate-limit-tokens.ts'
export type {
  Component,
  ComponentAnnotations,
  ComponentInput,
  Components,
  ComponentType,
  ConfigurableProp,
  ConfigurePropInput,
  GetComponentOptions,
  ListAllComponentsQuery,
  ListComponentsQuery,
  PropOption,
  ReloadPropsInput,
} from './lib/server/components.ts'
export type {
  ActionResult,
  ComponentError,
  ComponentFailure,
  ComponentOutcome,
  ComponentSuccess,
  ConfiguredProp,
  Observation,
  ReloadedProps,
} from './lib/server/component-outcome.ts'
export type { Actions, RunActionInput } from './lib/server/actions.ts'
export type { DeployTriggerInput, Triggers } from './lib/server/triggers.ts'
export type {
  DeleteDeployedTriggerInput,
  DeployedEmailTrigger,
  DeployedHttpTrigger,
  DeployedSource,
  DeployedTimer,
  DeployedTrigger,
  DeployedTriggers,
  EmittedEvent,
  ListDeployedTriggersQuery,
  ListEmittedEventsQuery,
  UnknownDeployedTrigger,
  UpdateDeployedTriggerInput,
} from './lib/server/deployed-triggers.ts'
export type {
  TriggerOwner,
  TriggerWebhookInput,
  TriggerWebhooks,
  TriggerWorkflows,
  UpdateTriggerWebhooksInput,
  UpdateTriggerWorkflowsInput,
} from './lib/server/trigger-destinations.ts'
export type { FileStash, StashedFile } from './lib/server/file-stash.ts'
export type { ApiProxy, ProxyRequest } from './lib/server/proxy.ts'
export type { InvokeWorkflowInput, WorkflowAuth, Workflows } from './lib/server/workflows.ts'
export type { Page, PageInfo, PageQuery } from './lib/server/page.ts'

export {
  type ConnectionFailed,
  type ConnectionSucceeded,
  type ConnectionWebhook,
  parseConnectionWebhook,
} from './lib/server/parse-connection-webhook.ts'
export {
  type VerifiedTriggerWebhook,
  verifyTriggerWebhook,
  type VerifyTriggerWebhookInput,
  type WebhookHeaders,
} from './lib/server/verify-trigger-webhook.ts'
export { PipedreamWebhookError, type WebhookBody, type WebhookCheck } from './lib/server/webhook.ts'

export {
  PipedreamAbortError,
  PipedreamError,
  type PipedreamErrorCode,
  PipedreamInputError,
  PipedreamTimeoutError,
} from './lib/http/errors.ts'
