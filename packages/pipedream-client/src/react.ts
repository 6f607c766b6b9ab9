'use client'

export { ConnectButton, type ConnectButtonProps } from './lib/react/connect-button.ts'
export { ConnectProvider, type ConnectProviderProps } from './lib/react/connect-provider.ts'
export {
  type ConnectAccountControls,
  type IntentProps,
  useConnectAccount,
  useConnectController,
  type UseConnectAccountOptions,
} from './lib/react/use-connect-account.ts'
export type { ConnectController, ConnectStart } from './lib/browser/connect-controller.ts'
export { ConnectError, type ConnectErrorCode } from './lib/browser/connect-error.ts'
export type {
  FailedFlow,
  FinishedFlow,
  FlowDetails,
  OpenedFlow,
  RememberedFlow,
} from './lib/browser/connect-flows.ts'
export type {
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
