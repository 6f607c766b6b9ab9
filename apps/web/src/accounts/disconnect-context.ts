import { createContext, useContext } from 'react'
import type { AccountToDisconnect } from './DisconnectQuestion.tsx'

/** Asks whether an account is to be disconnected. The focus comes back to `trigger` when it stays. */
export type AskToDisconnect = (account: AccountToDisconnect, trigger: HTMLElement) => void

export const DisconnectContext = createContext<AskToDisconnect>(() => undefined)

export function useAskToDisconnect(): AskToDisconnect {
  return useContext(DisconnectContext)
}
