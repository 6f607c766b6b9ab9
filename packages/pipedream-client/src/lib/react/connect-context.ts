import { createContext, type ReactNode } from 'react'
import type { ConnectTarget, CreatedConnectToken } from './created-token.ts'
import type { TokenShelf } from './create-token-shelf.ts'
import type { FinishedFlow, OpenedFlow } from './run-connect-flow.ts'

/** Asks your server for a connect token of the person who is signed in. Every flow gets a new one. */
export type CreateConnectToken<Created = CreatedConnectToken> = (
  target: ConnectTarget,
) => Promise<Created>

/** What `ConnectProvider` takes. All of it may change between renders; the latest counts. */
export interface ConnectProviderProps<Created extends CreatedConnectToken = CreatedConnectToken> {
  /**
   * It is also called ahead of a click, when the person seems to be about to. Its rejection is an `ERR_TOKEN_FAILED`,
   * unless it is a `ConnectError`, whose message the person is then told as it is.
   */
  createConnectToken: CreateConnectToken<Created>
  /**
   * Hears that the person is shown the page of a flow; a token that was fetched ahead may never come to that. Tell your
   * server here that somebody begins to connect, if it wants to know. Nothing waits for it, and its errors are reported
   * as uncaught. Default: nobody hears.
   */
  onOpen?(flow: OpenedFlow<NoInfer<Created>>): unknown
  /**
   * Has your server check, and record, the account that the browser says was connected; it should read it from
   * Pipedream. What it resolves to is given to `onConnected`. Its rejection is an `ERR_CONFIRM_FAILED`, after which
   * `connect` confirms again rather than connecting twice, unless the error has a `retryable` that is false.
   * Default: nothing is confirmed.
   */
  // A method, so that one which wants its own kind of token passes for one which takes any.
  confirm?(flow: FinishedFlow<NoInfer<Created>>): unknown
  /** The hosted page, where the token does not say. Default: `https://pipedream.com/_static/connect.html`. */
  connectUrl?: string | undefined
  children?: ReactNode
}

export interface ConnectContextValue {
  /** The provider's latest props. */
  settings: { readonly current: ConnectProviderProps }
  shelf: TokenShelf
}

export const ConnectContext = createContext<ConnectContextValue | undefined>(undefined)
