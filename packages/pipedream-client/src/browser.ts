export {
  connectAccount,
  type ConnectedAccount,
  type ConnectFlow,
} from './lib/browser/connect-account.ts'
export { ConnectError, type ConnectErrorCode } from './lib/browser/connect-error.ts'
export { isInAppBrowser } from './lib/browser/is-in-app-browser.ts'
export type {
  ConnectAccountOptions,
  ConnectPageOptions,
  OauthScopeProfile,
} from './lib/browser/connect-options.ts'
