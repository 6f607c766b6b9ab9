import { useMessages } from '../i18n/language-context.tsx'
import { accountsMessages } from './accounts-messages.ts'
import type { ConnectStage } from './connect-flow-context.ts'

/** Tells screen readers where the flow is. */
export function FlowStatusLine({ stage }: { stage: ConnectStage | 'idle' }) {
  const { flow } = useMessages(accountsMessages)
  const words = {
    idle: '',
    preparing: flow.preparingAloud,
    open: flow.openAloud,
    confirming: flow.confirmingAloud,
  }
  return <output className="sr-only">{words[stage]}</output>
}
