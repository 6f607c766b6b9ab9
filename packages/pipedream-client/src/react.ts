'use client'

export { ConnectButton, type ConnectButtonProps } from './lib/react/connect-button.ts'
export { ConnectProvider } from './lib/react/connect-provider.ts'
export type { ConnectProviderProps, CreateConnectToken } from './lib/react/connect-context.ts'
export type { ConnectTarget, CreatedConnectToken } from './lib/react/created-token.ts'
export type { FinishedFlow, OpenedFlow } from './lib/react/run-connect-flow.ts'
export { type ConnectAccountControls, useConnectAccount } from './lib/react/use-connect-account.ts'
export type {
  ConnectState,
  IntentProps,
  UseConnectAccountOptions,
} from './lib/react/create-connector.ts'
export { ConnectError, type ConnectErrorCode } from './lib/browser/connect-error.ts'
export type { ConnectPageOptions, OauthScopeProfile } from './lib/browser/connect-options.ts'
