import { createContext, useContext } from 'react'
import { type FragmentOf, graphql } from '../graphql.ts'
import type { AccountsMessages } from './accounts-messages.ts'
import type { DisconnectMessages } from './disconnect/disconnect-messages.ts'

/** What the dialog shows. Apart from it, so that the first page doesn't load its code. */
export const DisconnectQuestion_account = graphql(`
  fragment DisconnectQuestion_account on Account {
    id
    name
    createdAt
    app {
      name
      authType
    }
  }
`)

/** What disconnecting an account is called. */
export type DisconnectWords = AccountsMessages['disconnection'] &
  Omit<DisconnectMessages, 'keyStays' | 'permissionStays' | 'errors'>

export interface AccountToDisconnect {
  account: FragmentOf<typeof DisconnectQuestion_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
  words: DisconnectWords | undefined
}

/** Asks before an account is disconnected. When the user cancels, the focus returns to `trigger`. */
export type AskToDisconnect = (account: AccountToDisconnect, trigger: HTMLElement) => void

export const DisconnectContext = createContext<AskToDisconnect>(() => undefined)

export function useAskToDisconnect(): AskToDisconnect {
  return useContext(DisconnectContext)
}
