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
} from './lib/http/send-once.ts'
export type { OpenAnswer } from './lib/http/open-answer.ts'
export type { BodyInput } from './lib/http/write-body.ts'
export type { HeadersInput } from './lib/http/write-headers.ts'
export type { Query } from './lib/http/build-url.ts'

export type { AccessToken } from './lib/server/access-token.ts'
export type { CreateOAuthTokenInput, OAuthTokens } from './lib/server/oauth-tokens.ts'
export type {
  ConnectToken,
  ConnectTokenValidation,
  CreateConnectTokenInput,
  InvalidConnectToken,
  ValidateConnectTokenQuery,
  ValidConnectToken,
} from './lib/server/connect-token.ts'
export type { ConnectTokens } from './lib/server/connect-tokens.ts'
export type {
  Account,
  CreateAccountInput,
  ListAccountsQuery,
  ListUserAccountsQuery,
} from './lib/server/account.ts'
export type { Accounts, GetAccountOptions } from './lib/server/accounts.ts'
export type { ExternalUser, ListUsersQuery } from './lib/server/external-user.ts'
export type { Users } from './lib/server/users.ts'
export type {
  App,
  AppAuthType,
  AppCustomField,
  AppScopeProfile,
  AppScopeProfileName,
  ListAppsQuery,
} from './lib/server/app.ts'
export type { Apps } from './lib/server/apps.ts'
export type { AppCategory } from './lib/server/app-category.ts'
export type { AppCategories } from './lib/server/app-categories.ts'
export type {
  CreateOAuthAppInput,
  ListOAuthAppsQuery,
  OAuthApp,
  UpdateOAuthAppInput,
} from './lib/server/oauth-app.ts'
export type { OAuthApps } from './lib/server/oauth-apps.ts'
export type {
  AppOverride,
  CreateAppOverrideInput,
  ListAppOverridesQuery,
  UpdateAppOverrideInput,
} from './lib/server/app-override.ts'
export type { AppOverrides } from './lib/server/app-overrides.ts'
export type {
  CreateProjectInput,
  ListProjectsQuery,
  Project,
  ProjectInfo,
  UpdateProjectInput,
} from './lib/server/project.ts'
export type { Projects } from './lib/server/projects.ts'
export type { Webhook } from './lib/server/webhook.ts'
export type { ProjectWebhook, UpdateProjectWebhookInput } from './lib/server/project-webhook.ts'
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
  ComponentType,
  ConfigurableProp,
  ConfigurePropInput,
  ListAllComponentsQuery,
  ListComponentsQuery,
  PropOption,
  ReloadPropsInput,
} from './lib/server/component.ts'
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
export type { Components, GetComponentOptions } from './lib/server/components.ts'
export type { Actions, RunActionInput } from './lib/server/actions.ts'
export type { DeployTriggerInput, Triggers } from './lib/server/triggers.ts'
export type {
  DeleteDeployedTriggerInput,
  DeployedEmailTrigger,
  DeployedHttpTrigger,
  DeployedSource,
  DeployedTimer,
  DeployedTrigger,
  EmittedEvent,
  ListDeployedTriggersQuery,
  ListEmittedEventsQuery,
  TriggerOwner,
  UnknownDeployedTrigger,
  UpdateDeployedTriggerInput,
} from './lib/server/deployed-trigger.ts'
export type { DeployedTriggers } from './lib/server/deployed-triggers.ts'
export type {
  TriggerWebhookInput,
  TriggerWebhooks,
  UpdateTriggerWebhooksInput,
} from './lib/server/trigger-webhooks.ts'
export type {
  TriggerWorkflows,
  UpdateTriggerWorkflowsInput,
} from './lib/server/trigger-workflows.ts'
export type { FileStash, StashedFile } from './lib/server/file-stash.ts'
export type { ApiProxy, ProxyRequest } from './lib/server/proxy.ts'
export type { HttpMethod } from './lib/server/check-method.ts'
export type { InvokeWorkflowInput, WorkflowAuth, Workflows } from './lib/server/workflows.ts'
export type { Page, PageInfo, PageQuery } from './lib/server/page.ts'

export { parseConnectionWebhook } from './lib/server/parse-connection-webhook.ts'
export type {
  ConnectionFailed,
  ConnectionSucceeded,
  ConnectionWebhook,
} from './lib/server/connection-webhook.ts'
export {
  type VerifiedTriggerWebhook,
  verifyTriggerWebhook,
  type VerifyTriggerWebhookInput,
} from './lib/server/verify-trigger-webhook.ts'
export type { WebhookBody } from './lib/server/webhook-body.ts'
export type { WebhookHeaders } from './lib/server/webhook-headers.ts'
export { PipedreamWebhookError, type WebhookCheck } from './lib/server/webhook-error.ts'

export {
  PipedreamAbortError,
  PipedreamError,
  type PipedreamErrorCode,
  PipedreamInputError,
  PipedreamTimeoutError,
} from './lib/http/errors.ts'
