import { type ComponentType, Suspense, useEffect, useMemo, useState } from 'react'
import type { Elements } from '../ui/elements.ts'
import { useLoadFailure } from '../ui/use-load-failure.ts'
import { type AskToDisconnect, DisconnectContext } from './disconnect-context.ts'
import type { DisconnectDialogProps } from './disconnect/DisconnectDialog.tsx'

interface Asked extends DisconnectDialogProps {
  Dialog: ComponentType<DisconnectDialogProps>
  /** Counts the dialogs, to tell one from the next about the same account. */
  round: number
}

interface DisconnectProviderProps {
  /** Whether the user sees accounts. The dialog is loaded then, or when the user is faster. */
  shown: boolean
  children: Elements
}

/**
 * Provides one dialog that asks before an account is disconnected. It is outside the cards: a dialog inside a card would
 * be removed with it, before the focus could be returned.
 */
export function DisconnectProvider({ shown, children }: DisconnectProviderProps) {
  const [asked, setAsked] = useState<Asked>()
  const ask = useAsk(setAsked)
  useEffect(() => {
    // A user who clicks is told of a failure.
    if (shown) loadDialog().catch(() => undefined)
  }, [shown])
  return (
    <DisconnectContext value={ask}>
      {children}
      <Suspense>
        {asked && (
          <asked.Dialog key={asked.round} account={asked.account} trigger={asked.trigger} />
        )}
      </Suspense>
    </DisconnectContext>
  )
}

function useAsk(setAsked: (change: (before: Asked | undefined) => Asked) => void): AskToDisconnect {
  const fail = useLoadFailure()
  return useMemo(() => {
    async function ask(...[account, trigger]: Parameters<AskToDisconnect>) {
      const Dialog = await loadDialog().catch(() => fail(() => void ask(account, trigger)))
      if (!Dialog) return
      setAsked((before) => ({ Dialog, account, trigger, round: (before?.round ?? 0) + 1 }))
    }
    return (account, trigger) => void ask(account, trigger)
  }, [fail, setAsked])
}

async function loadDialog(): Promise<ComponentType<DisconnectDialogProps>> {
  return (await import('./disconnect/DisconnectDialog.tsx')).DisconnectDialog
}
