export {
  connectAccount,
  type ConnectedAccount,
  type ConnectFlow,
} from './lib/browser/connect-account.ts'
export {
  type ConnectController,
  type ConnectStart,
  createConnectController,
} from './lib/browser/connect-controller.ts'
export { ConnectError, type ConnectErrorCode } from './lib/browser/connect-error.ts'
export type {
  FailedFlow,
  FinishedFlow,
  FlowDetails,
  OpenedFlow,
  RememberedFlow,
} from './lib/browser/connect-flows.ts'
export type {
  ConnectAccountOptions,
  ConnectLabels,
  ConnectPageOptions,
  OauthScopeProfile,
} from './lib/browser/connect-options.ts'
export type { ConnectControllerState, ConnectState } from './lib/browser/controller-state.ts'
export type {
  ConnectCallbacks,
  ConnectControllerOptions,
  ConnectSettings,
  CreateConnectToken,
  FlowResult,
  FlowStorage,
  PreparedConnectToken,
} from './lib/browser/controller-options.ts'
export type { ConnectTarget, CreatedConnectToken, Instant } from './lib/browser/connect-tokens.ts'
export { isInAppBrowser } from './lib/browser/is-in-app-browser.ts'
