import { createContext, useContext } from 'react'
import type { AccountToDisconnect } from './DisconnectQuestion.tsx'

/** Asks before an account is disconnected. When the user cancels, the focus returns to `trigger`. */
export type AskToDisconnect = (account: AccountToDisconnect, trigger: HTMLElement) => void

export const DisconnectContext = createContext<AskToDisconnect>(() => undefined)

export function useAskToDisconnect(): AskToDisconnect {
  return useContext(DisconnectContext)
}
