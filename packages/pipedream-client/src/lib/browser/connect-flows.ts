import type { ConnectTarget, CreatedConnectToken } from './connect-tokens.ts'

/** What `createConnectToken` returned for a flow, without the token and the addresses that contain it. */
export type FlowDetails<Created = CreatedConnectToken> = Omit<
  Created,
  'connectToken' | 'token' | 'connectUrl' | 'connectLinkUrl'
>

/** A flow whose page is shown to the user. */
export interface OpenedFlow<Created = CreatedConnectToken> {
  /** What the user connects. */
  target: ConnectTarget
  /** What `createConnectToken` returned for this flow, including your own members. */
  created: Created
}

/** A flow of this browser as it is remembered, in JSON, while its page is open. */
export interface RememberedFlow<Created = CreatedConnectToken> {
  /** What the user connects. */
  target: ConnectTarget
  /** What `createConnectToken` returned for this flow, with your own members, and without the token. */
  created: FlowDetails<Created>
}

/** A flow in which the user has connected an account. */
export interface FinishedFlow<Created = CreatedConnectToken> extends RememberedFlow<Created> {
  /** `apn_...`. It comes from the browser: have your server read the account from Pipedream before trusting it. */
  accountId: string
}

/** A flow that failed. */
export interface FailedFlow<Created = CreatedConnectToken> {
  /** What the user tried to connect. */
  target: ConnectTarget
  /** What `createConnectToken` returned for this flow; undefined if that failed. */
  created: FlowDetails<Created> | undefined
}
